package trex.llm;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import trex.llm.WireFault.Kind;

/// The way to one service for langchain4j: one host, no redirects, a time limit on the whole answer, and
/// as much patience as the service asks for by `Retry-After`. Can be interrupted at any point.
final class Wire implements HttpClient {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final long MOST_BYTES = 64L << 20;
    private static final int QUOTED = 200;

    private final Endpoint endpoint;
    private final Patience patience;
    private final java.net.http.HttpClient client;

    Wire(Endpoint endpoint, Patience patience) {
        this.endpoint = endpoint;
        this.patience = patience;
        // Version 1.1: local servers take the offer of version 2 for a fault.
        client = java.net.http.HttpClient.newBuilder().version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER).connectTimeout(CONNECT).build();
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        URI address = URI.create(request.url());
        if (!endpoint.base().getAuthority().equals(address.getAuthority())) {
            throw new WireFault(Kind.UNREACHABLE, address.getAuthority() + " is not asked: only " + endpoint.base() + " is");
        }
        try {
            return untilAnswered(request(address, request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WireFault(Kind.INTERRUPTED, "interrupted");
        }
    }

    private SuccessfulHttpResponse untilAnswered(java.net.http.HttpRequest request) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            switch (once(request)) {
                case Attempt.Answered(var answer) -> {
                    return answer;
                }
                case Attempt.Last(var fault) -> throw fault;
                case Attempt.Again(var fault, var askedFor) -> {
                    Duration pause = askedFor.orElse(patience.pause().multipliedBy(1L << Math.min(attempt - 1, 20)));
                    if (attempt >= patience.tries() || pause.compareTo(patience.longestPause()) > 0) {
                        throw fault;
                    }
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                }
            }
        }
    }

    private Attempt once(java.net.http.HttpRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(patience.answer().toNanos(), TimeUnit.NANOSECONDS);
            return response.statusCode() / 100 == 2
                    ? new Attempt.Answered(SuccessfulHttpResponse.builder().statusCode(response.statusCode())
                            .headers(response.headers().map()).body(response.body()).build())
                    : declined(response);
        } catch (TimeoutException e) {
            return new Attempt.Again(new WireFault(Kind.TIMED_OUT,
                    where() + " gave no whole answer within " + patience.answer().toMillis() / 1000.0 + " s"), Optional.empty());
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof IOException io && io.getMessage() != null ? io.getMessage() : "no connection";
            return new Attempt.Again(new WireFault(Kind.UNREACHABLE,
                    where() + " cannot be reached: " + shown(why)), Optional.empty());
        } finally {
            answer.cancel(true);
        }
    }

    private Attempt declined(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String body = new String(response.body(), StandardCharsets.UTF_8);
        String said = where() + " answers " + status + ": " + shown(body);
        boolean empty = body.contains("insufficient_quota");
        return switch (status) {
            case 400, 413, 422 -> new Attempt.Last(new WireFault(Kind.REFUSED, said));
            case 402 -> new Attempt.Last(new WireFault(Kind.OVER_QUOTA, said));
            case 429 -> empty
                    ? new Attempt.Last(new WireFault(Kind.OVER_QUOTA, said))
                    : new Attempt.Again(new WireFault(Kind.OVER_QUOTA, said), RetryAfter.of(response.headers()));
            case 408, 500, 502, 503, 504, 529 ->
                    new Attempt.Again(new WireFault(Kind.UNREACHABLE, said), RetryAfter.of(response.headers()));
            case 401, 403 -> new Attempt.Last(new WireFault(Kind.UNREACHABLE, said + "; check TREX_LLM_KEY"));
            case 404 -> new Attempt.Last(new WireFault(Kind.UNREACHABLE, said + "; check TREX_LLM_URL and TREX_LLM_MODEL"));
            default -> new Attempt.Last(new WireFault(Kind.UNREACHABLE, said));
        };
    }

    private String where() {
        return "the language model's service " + endpoint.base();
    }

    /// The beginning of a service's own words, without the key and without what nobody sees.
    private String shown(String words) {
        String visible = endpoint.key().hiddenIn(words).replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ").strip();
        return visible.length() <= QUOTED ? visible : visible.substring(0, QUOTED) + " …";
    }

    private static java.net.http.HttpRequest request(URI address, HttpRequest asked) {
        var request = java.net.http.HttpRequest.newBuilder(address);
        asked.headers().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        String body = asked.body() == null ? "" : asked.body();
        return request.method(asked.method().name(), java.net.http.HttpRequest.BodyPublishers.ofString(body)).build();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("answers are not streamed");
    }

    /// For langchain4j's models, which all have a builder of their client.
    HttpClientBuilder builder() {
        return new HttpClientBuilder() {
            @Override
            public Duration connectTimeout() {
                return CONNECT;
            }

            @Override
            public HttpClientBuilder connectTimeout(Duration ignored) {
                return this;
            }

            @Override
            public Duration readTimeout() {
                return patience.answer();
            }

            @Override
            public HttpClientBuilder readTimeout(Duration ignored) {
                return this;
            }

            @Override
            public HttpClient build() {
                return Wire.this;
            }
        };
    }
}
