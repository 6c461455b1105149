package trex.lm.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import trex.lm.ChatTemplate;
import trex.lm.Tokenizer;
import trex.lm.UnreadableModel;
import trex.lm.io.GgufMetadata;

/// The tokenizer and the chat template in a GGUF file's metadata.
public record GgufText(Tokenizer tokenizer, @Nullable ChatTemplate chat) {
    private static final String PREFIX = "tokenizer.ggml.";
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;

    /// @param vocabulary number of ids that the model knows
    public static GgufText read(GgufMetadata metadata, int vocabulary) throws UnreadableModel {
        List<String> tokens = metadata.texts(PREFIX + "tokens");
        if (tokens.size() > vocabulary) {
            throw new UnreadableModel(metadata.path(), "the tokenizer has " + tokens.size()
                    + " tokens, the model only knows " + vocabulary);
        }
        int end = id(metadata, "eos_token_id", tokens.size());
        Tokenizer tokenizer = switch (metadata.text(PREFIX + "model")) {
            case "gpt2" -> bytePairs(metadata, tokens, end);
            case "llama" -> sentencePieces(metadata, tokens, end);
            default -> throw new UnreadableModel(metadata.path(), "its tokenizer \"" + metadata.text(PREFIX + "model")
                    + "\" is not supported; gpt2 and llama are");
        };
        return new GgufText(tokenizer, chat(metadata, tokens, end));
    }

    private static @Nullable ChatTemplate chat(GgufMetadata metadata, List<String> tokens, int end) throws UnreadableModel {
        String template = metadata.textOrNull("tokenizer.chat_template");
        if (template == null) {
            return null;
        }
        String start = metadata.keys().contains(PREFIX + "bos_token_id")
                ? tokens.get(id(metadata, "bos_token_id", tokens.size()))
                : "";
        return JinjaTemplate.of(metadata.path(), template, start, tokens.get(end));
    }

    private static Tokenizer bytePairs(GgufMetadata metadata, List<String> tokens, int end) throws UnreadableModel {
        if (new HashSet<>(tokens).size() < tokens.size()) {
            throw new UnreadableModel(metadata.path(), "its tokenizer has the same token twice");
        }
        ByteLevelBpe.Split split = split(metadata);
        ByteLevelBpe pairs = new ByteLevelBpe(tokens, metadata.texts(PREFIX + "merges"),
                ofType(metadata, tokens, CONTROL), ofType(metadata, tokens, USER_DEFINED), split);
        return FastTokenizer.of(metadata.path(), pairs.json(), tokens.size(), end,
                start(metadata, tokens.size(), split == ByteLevelBpe.Split.LLAMA3));
    }

    private static ByteLevelBpe.Split split(GgufMetadata metadata) throws UnreadableModel {
        return switch (metadata.text(PREFIX + "pre")) {
            case "smollm", "starcoder", "refact", "command-r" -> ByteLevelBpe.Split.DIGITS_THEN_GPT2;
            case "gpt-2" -> ByteLevelBpe.Split.GPT2;
            case "llama-bpe", "llama3" -> ByteLevelBpe.Split.LLAMA3;
            case "qwen2" -> ByteLevelBpe.Split.QWEN2;
            default -> throw new UnreadableModel(metadata.path(), "the pre-tokenizer \"" + metadata.text(PREFIX + "pre")
                    + "\" is not supported; smollm, starcoder, refact, command-r, gpt-2, llama-bpe and qwen2 are");
        };
    }

    private static Tokenizer sentencePieces(GgufMetadata metadata, List<String> tokens, int end) throws UnreadableModel {
        List<Double> scores = metadata.reals(PREFIX + "scores");
        if (scores.size() != tokens.size()) {
            throw new UnreadableModel(metadata.path(), "its tokenizer has " + tokens.size() + " tokens but "
                    + scores.size() + " scores");
        }
        List<Integer> whole = new ArrayList<>(ofType(metadata, tokens, CONTROL));
        whole.addAll(ofType(metadata, tokens, USER_DEFINED));
        return new SentencePieces(
                tokens.stream().map(t -> t.replace('\u2581', ' ')).toList(),
                scores.stream().mapToDouble(Double::doubleValue).toArray(),
                whole,
                metadata.flag(PREFIX + "add_space_prefix", true),
                end,
                start(metadata, tokens.size(), true));
    }

    private static List<Integer> ofType(GgufMetadata metadata, List<String> tokens, long type) throws UnreadableModel {
        List<Long> types = metadata.integers(PREFIX + "token_type");
        if (types.size() != tokens.size()) {
            throw new UnreadableModel(metadata.path(), "its tokenizer has " + tokens.size() + " tokens but "
                    + types.size() + " token types");
        }
        List<Integer> ids = new ArrayList<>();
        for (int id = 0; id < types.size(); id++) {
            if (types.get(id) == type) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static OptionalInt start(GgufMetadata metadata, int size, boolean otherwise) throws UnreadableModel {
        return metadata.flag(PREFIX + "add_bos_token", otherwise)
                ? OptionalInt.of(id(metadata, "bos_token_id", size))
                : OptionalInt.empty();
    }

    private static int id(GgufMetadata metadata, String key, int size) throws UnreadableModel {
        long id = metadata.integer(PREFIX + key);
        if (id < 0 || id >= size) {
            throw new UnreadableModel(metadata.path(), PREFIX + key + " = " + id + " is no token; there are " + size);
        }
        return (int) id;
    }
}
