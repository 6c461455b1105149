package trex.lm.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import trex.lm.ChatTemplate;
import trex.lm.UnreadableModel;

/// A chat template in the Jinja language, as model files carry it. A template is a stranger's
/// program: it reaches no file, no class and no other template, and its output is bounded.
public final class JinjaTemplate implements ChatTemplate {
    private static final int LARGEST_OUTPUT = 16_000_000;
    private static final int MOST_ROUNDS = 100_000;

    private final Jinjava jinja;
    private final String source;
    private final String template;
    private final Map<String, Object> constants;

    private JinjaTemplate(Jinjava jinja, String source, Map<String, Object> constants) {
        this.jinja = jinja;
        this.source = source;
        this.template = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source; // as Jinja does
        this.constants = constants;
    }

    /// Takes a template that can render a single turn.
    ///
    /// @param path the file that it came from, for errors
    /// @param start what `bos_token` stands for
    /// @param end what `eos_token` stands for
    static JinjaTemplate of(Path path, String template, String start, String end) throws UnreadableModel {
        Map<String, Object> constants = Map.of("bos_token", start, "eos_token", end);
        JinjaTemplate chat = new JinjaTemplate(sandbox(), template, constants);
        try {
            chat.prompt(null, "Hello");
            return chat;
        } catch (IllegalArgumentException e) {
            throw new UnreadableModel(path, "its chat template cannot be used: " + e.getMessage(), e);
        }
    }

    /// The template's text as the model's files have it.
    public String source() {
        return source;
    }

    private static Jinjava sandbox() {
        JinjavaConfig limits = JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withNestedInterpretationEnabled(false) // a message is text, whatever braces it holds
                .withKeepTrailingNewline(true)
                .withMaxOutputSize(LARGEST_OUTPUT)
                .withMaxStringLength(LARGEST_OUTPUT)
                .withMaxListSize(MOST_ROUNDS)
                .withMaxMapSize(MOST_ROUNDS)
                .withRangeLimit(MOST_ROUNDS)
                .withMaxRenderDepth(20)
                .withMaxMacroRecursionDepth(20)
                .withDisabled(Map.of(Library.TAG, Set.of("include", "import", "from", "extends", "block")))
                .withLegacyOverrides(LegacyOverrides.newBuilder()
                        .withUseNaturalOperatorPrecedence(true)
                        .withParseWhitespaceControlStrictly(true)
                        .withWhitespaceRequiredWithinTokens(false)
                        .build())
                .build();
        Jinjava jinja = new Jinjava(limits);
        jinja.setResourceLocator((name, _, _) -> {
            throw new IOException("a chat template may not read " + name);
        });
        return jinja;
    }

    @Override
    public String render(List<Message> messages, boolean openAnswer) {
        Map<String, Object> values = new HashMap<>(constants);
        values.put("messages", messages.stream().map(m -> Map.of("role", m.role(), "content", m.content())).toList());
        values.put("add_generation_prompt", openAnswer);
        try {
            RenderResult result = jinja.renderForResult(template, values);
            String fault = firstFault(result);
            if (fault != null) {
                throw new IllegalArgumentException("the chat template does not render this conversation: " + fault);
            }
            return result.getOutput();
        } catch (InterpretException e) {
            throw new IllegalArgumentException("the chat template does not render this conversation: " + e.getMessage(), e);
        }
    }

    private static @Nullable String firstFault(RenderResult result) {
        return result.getErrors().stream().map(TemplateError::getMessage).findFirst().orElse(null);
    }
}
