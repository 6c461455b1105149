package trex.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import trex.data.asking.AskedModel;

/// A service on this machine that speaks OpenAI's protocol.
public final class LoopbackService implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Canned> first = new ArrayDeque<>();
    private final Function<String, String> answer;
    private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

    /// @param header a name and a value, or nothing
    record Canned(int status, String body, String... header) {}

    /// @param answer of a question
    public LoopbackService(Function<String, String> answer) throws IOException {
        this.answer = answer;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /// Says this before it begins to answer; several in their order.
    LoopbackService first(int status, String body, String... header) {
        synchronized (first) {
            first.add(new Canned(status, body, header));
        }
        return this;
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    Endpoint endpoint(String key) {
        return Endpoint.of(Map.of("TREX_LLM_URL", address(), "TREX_LLM_MODEL", "toy", "TREX_LLM_EMBEDDINGS", "toy-vectors",
                "TREX_LLM_KEY", key)).orElseThrow();
    }

    public AskedModel asked(int parallel, long tokens) {
        return new AskedModel(model("", Duration.ofSeconds(20)), parallel, tokens);
    }

    /// With a key and one question at a time.
    public AskedModel asked(String key) {
        return new AskedModel(model(key, Duration.ofSeconds(60)), 1, Long.MAX_VALUE / 2);
    }

    OpenAiCompatible model(String key, Duration patience) {
        return new OpenAiCompatible(endpoint(key),
                new Patience(patience, Duration.ofMillis(5), Duration.ofSeconds(2), 4));
    }

    public List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        requests.add(request);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Canned canned;
        synchronized (first) {
            canned = first.poll();
        }
        if (canned == null) {
            send(exchange, 200, exchange.getRequestURI().getPath().endsWith("/embeddings") ? vectors(request) : chat(request));
            return;
        }
        for (int i = 0; i + 1 < canned.header().length; i += 2) {
            exchange.getResponseHeaders().add(canned.header()[i], canned.header()[i + 1]);
        }
        if (canned.status() == 0) {
            exchange.sendResponseHeaders(200, 1000); // and then nothing, until the caller goes away
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            return;
        }
        send(exchange, canned.status(), canned.body());
    }

    private String chat(JsonNode request) throws IOException {
        String question = request.path("messages").path(0).path("content").asText();
        return JSON.writeValueAsString(Map.of("id", "1", "object", "chat.completion", "model", "toy",
                "choices", List.of(Map.of("index", 0, "finish_reason", "stop",
                        "message", Map.of("role", "assistant", "content", answer.apply(question)))),
                "usage", Map.of("prompt_tokens", 20, "completion_tokens", 5, "total_tokens", 25)));
    }

    /// Texts with the same first letter are alike.
    private static String vectors(JsonNode request) throws IOException {
        List<Map<String, Object>> data = new ArrayList<>();
        for (JsonNode text : request.path("input")) {
            int letter = text.asText().charAt(0) % 8;
            double[] vector = new double[8];
            vector[letter] = 3;
            vector[(letter + 1) % 8] = 0.01 * (text.asText().length() % 10);
            data.add(Map.of("object", "embedding", "index", data.size(), "embedding", vector));
        }
        return JSON.writeValueAsString(Map.of("object", "list", "model", "toy-vectors", "data", data,
                "usage", Map.of("prompt_tokens", 7, "total_tokens", 7)));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
