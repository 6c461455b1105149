package trex.llm;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import trex.data.asking.AskedModel;
import trex.data.asking.Reply;
import trex.data.asking.TextModel;

/// A service that speaks OpenAI's protocol: OpenAI itself, Ollama, llama.cpp, LM Studio, vLLM and others.
public final class OpenAiCompatible implements TextModel {
    /// langchain4j wants a key; local services ignore it.
    private static final String NO_KEY = "none";

    private final Endpoint endpoint;
    private final OpenAiChatModel chat;
    private final @Nullable OpenAiEmbeddingModel embeddings;

    public OpenAiCompatible(Endpoint endpoint) {
        this(endpoint, Patience.USUAL);
    }

    OpenAiCompatible(Endpoint endpoint, Patience patience) {
        this.endpoint = endpoint;
        Wire wire = new Wire(endpoint, patience);
        String key = endpoint.key().isSet() ? endpoint.key().value() : NO_KEY;
        chat = OpenAiChatModel.builder().httpClientBuilder(wire.builder()).baseUrl(endpoint.base().toString()).apiKey(key)
                .modelName(endpoint.model()).temperature(0.0).maxRetries(0).logRequests(false).logResponses(false).build();
        embeddings = endpoint.embedder().isEmpty() ? null : OpenAiEmbeddingModel.builder()
                .httpClientBuilder(wire.builder()).baseUrl(endpoint.base().toString()).apiKey(key)
                .modelName(endpoint.embedder()).maxRetries(0).logRequests(false).logResponses(false).build();
    }

    /// With what the person allows it to be asked.
    public static AskedModel asked(Endpoint endpoint) {
        return new AskedModel(new OpenAiCompatible(endpoint), endpoint.parallel(), endpoint.tokens());
    }

    @Override
    public String identity() {
        return endpoint.model() + " at " + endpoint.base();
    }

    @Override
    public String embedder() {
        return (endpoint.embedder().isEmpty() ? "no model" : endpoint.embedder()) + " at " + endpoint.base();
    }

    @Override
    public Reply<String> complete(String question, int tokens) throws InterruptedException {
        return reply(() -> {
            ChatResponse response = chat.chat(ChatRequest.builder()
                    .messages(UserMessage.from(question)).maxOutputTokens(tokens).build());
            String text = response.aiMessage().text();
            return response.finishReason() == FinishReason.CONTENT_FILTER || text == null
                    ? new Reply.Refused<>("the answer was withheld")
                    : new Reply.Answered<>(text, paid(response.tokenUsage(), question.length() + text.length()));
        });
    }

    @Override
    public Reply<List<float[]>> embed(List<String> texts) throws InterruptedException {
        if (embeddings == null) {
            return new Reply.Unreachable<>("the data recipe compares embeddings of a language model, and none is named: "
                    + "set TREX_LLM_EMBEDDINGS to the model that " + endpoint.base() + " shall make them with");
        }
        OpenAiEmbeddingModel model = embeddings;
        return reply(() -> {
            Response<List<Embedding>> response = model.embedAll(texts.stream().map(TextSegment::from).toList());
            List<float[]> vectors = response.content().stream().map(Embedding::vector).toList();
            boolean whole = vectors.size() == texts.size() && vectors.stream().mapToInt(v -> v.length).distinct().count() == 1;
            return whole
                    ? new Reply.Answered<>(vectors, paid(response.tokenUsage(), texts.stream().mapToInt(String::length).sum()))
                    : new Reply.Unreachable<>(endpoint.base() + " gave " + vectors.size() + " embeddings, perhaps of several lengths, for "
                            + texts.size() + " texts");
        });
    }

    /// As the service counts; one that does not count is taken to have a token for four characters.
    private static long paid(@Nullable TokenUsage usage, int characters) {
        Integer total = usage == null ? null : usage.totalTokenCount();
        return total == null || total == 0 ? Math.max(1, characters / 4) : total;
    }

    private <T> Reply<T> reply(Supplier<Reply<T>> asking) throws InterruptedException {
        try {
            return asking.get();
        } catch (WireFault e) {
            return reply(e);
        } catch (RuntimeException e) { // the library's own, and those of its reader of JSON
            return e.getCause() instanceof WireFault fault ? reply(fault) : strange();
        }
    }

    /// What was said instead is not repeated: it could hold anything.
    private <T> Reply<T> strange() {
        return new Reply.Unreachable<>("the language model's service " + endpoint.base()
                + " answers in a form that is not OpenAI's; check TREX_LLM_URL");
    }

    private static <T> Reply<T> reply(WireFault fault) throws InterruptedException {
        String sentence = String.valueOf(fault.getMessage());
        return switch (fault.kind()) {
            case REFUSED -> new Reply.Refused<>(sentence);
            case TIMED_OUT -> new Reply.TimedOut<>(sentence);
            case OVER_QUOTA -> new Reply.OverQuota<>(sentence);
            case UNREACHABLE -> new Reply.Unreachable<>(sentence);
            case INTERRUPTED -> {
                Thread.interrupted(); // says the same as the exception
                throw new InterruptedException("interrupted while a language model was asked");
            }
        };
    }
}
