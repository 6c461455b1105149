package trex.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import trex.data.asking.Reply;

class OpenAiCompatibleTest {
    private static final String KEY = "sk-very-secret-1234567890";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LoopbackService service;

    @BeforeEach
    void serve() throws IOException {
        service = new LoopbackService(question -> "echo " + question);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aQuestionIsAskedForItsLikeliestAnswer() throws Exception {
        assertThat(service.model(KEY, PATIENCE).complete("How are you?", 12))
                .isEqualTo(new Reply.Answered<>("echo How are you?", 25));
        assertThat(service.requests().getFirst().path("temperature").asDouble(-1)).isZero();
        assertThat(service.requests().getFirst().toString()).contains("\"toy\"").contains(":12").doesNotContain(KEY);
        assertThat(service.authorizations()).containsExactly("Bearer " + KEY);
    }

    @Test
    void aServiceThatAsksForPatienceGetsIt() throws Exception {
        service.first(429, "{}", "Retry-After", "1").first(503, "{}");
        long began = System.nanoTime();
        assertThat(service.model("", PATIENCE).complete("x", 5)).isEqualTo(new Reply.Answered<>("echo x", 25));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(service.requests()).hasSize(3);
    }

    @Test
    void aLimitThatStaysIsToldAndSoIsAnEmptyPurse() throws Exception {
        for (int i = 0; i < 4; i++) {
            service.first(429, "{\"error\":{\"message\":\"slow down\"}}");
        }
        assertThat(service.model("", PATIENCE).complete("x", 5)).isInstanceOfSatisfying(Reply.OverQuota.class,
                over -> assertThat(over.sentence()).contains("answers 429", "slow down"));
        service.first(429, "{\"error\":{\"code\":\"insufficient_quota\"}}").first(429, "{}", "Retry-After", "3600");
        assertThat(service.model("", PATIENCE).complete("x", 5)).isInstanceOf(Reply.OverQuota.class);
        assertThat(service.model("", PATIENCE).complete("x", 5)).isInstanceOf(Reply.OverQuota.class);
        assertThat(service.requests()).hasSize(6);
    }

    @Test
    void anAnswerThatStopsHalfwayIsNotWaitedForForEver() throws Exception {
        for (int i = 0; i < 4; i++) {
            service.first(0, "");
        }
        assertThat(service.model("", Duration.ofMillis(200)).complete("x", 5)).isInstanceOfSatisfying(Reply.TimedOut.class,
                late -> assertThat(late.sentence()).contains("no whole answer within 0.2 s"));
    }

    @Test
    void aQuestionThatIsDeclinedEndsNothingElse() throws Exception {
        service.first(400, "{\"error\":{\"message\":\"context length exceeded\"}}");
        assertThat(service.model("", PATIENCE).complete("x", 5)).isInstanceOfSatisfying(Reply.Refused.class,
                refused -> assertThat(refused.reason()).contains("context length exceeded"));
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void whatIsNoOpenAiServiceIsToldSo() throws Exception {
        service.first(200, "<html>log in</html>").first(200, "{}").first(302, "", "Location", "http://example.org/").first(404, "{}");
        for (String part : List.of("not OpenAI's", "not OpenAI's", "302", "TREX_LLM_MODEL")) {
            assertThat(service.model("", PATIENCE).complete("x", 5)).isInstanceOfSatisfying(Reply.Unreachable.class,
                    no -> assertThat(no.sentence()).contains(part));
        }
        String gone = service.address();
        OpenAiCompatible model = service.model("", PATIENCE);
        service.close();
        assertThat(model.complete("x", 5)).isInstanceOfSatisfying(Reply.Unreachable.class,
                no -> assertThat(no.sentence()).contains(gone, "cannot be reached"));
    }

    @Test
    void theKeyIsInNoLogAndInNoSentence() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        root.addAppender(heard);
        root.setLevel(Level.TRACE);
        try {
            service.first(401, "{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + "\"}}").first(500, KEY).first(200, KEY);
            OpenAiCompatible model = service.model(KEY, PATIENCE);
            String said = model.complete("x", 5) + " " + model.complete("x", 5) + " " + model.complete("y", 5);
            assertThat(said).contains("(key)", "TREX_LLM_KEY").doesNotContain(KEY);
            assertThat(service.endpoint(KEY).toString() + model.identity() + model).doesNotContain(KEY);
            assertThat(List.copyOf(heard.list)).extracting(ILoggingEvent::getFormattedMessage)
                    .noneMatch(line -> line.contains(KEY));
        } finally {
            root.setLevel(before);
            root.detachAppender(heard);
        }
    }

    @Test
    void askingCanBeInterrupted() throws Exception {
        service.first(0, "");
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                service.model("", PATIENCE).complete("x", 5);
                end.complete(new AssertionError("answered"));
            } catch (InterruptedException e) {
                end.complete(e);
            }
        });
        while (service.requests().isEmpty()) {
            Thread.onSpinWait();
        }
        asking.interrupt();
        assertThat(end.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void embeddingsComeInTheOrderOfTheTexts() throws Exception {
        assertThat(service.model("", PATIENCE).embed(List.of("apple", "bee"))).isInstanceOfSatisfying(Reply.Answered.class, answered -> {
            List<?> vectors = (List<?>) answered.value();
            assertThat(((float[]) vectors.getFirst())['a' % 8]).isEqualTo(3f);
            assertThat(((float[]) vectors.getLast())['b' % 8]).isEqualTo(3f);
        });
        service.first(200, "{\"data\":[],\"usage\":{}}");
        assertThat(service.model("", PATIENCE).embed(List.of("apple"))).isInstanceOf(Reply.Unreachable.class);
    }

    @Test
    void onlyAnAddressThatKeepsTheKeySecretIsTaken() {
        assertThat(Endpoint.of(Map.of("TREX_LLM_MODEL", "m"))).isEmpty();
        refuses(Map.of("TREX_LLM_URL", "http://example.org/v1", "TREX_LLM_MODEL", "m"), "not encrypted");
        refuses(Map.of("TREX_LLM_URL", "https://me:" + KEY + "@example.org/v1", "TREX_LLM_MODEL", "m"), "TREX_LLM_KEY");
        refuses(Map.of("TREX_LLM_URL", "https://example.org/v1"), "TREX_LLM_MODEL is not set");
        refuses(Map.of("TREX_LLM_URL", "not an address", "TREX_LLM_MODEL", "m"), "is no address");
        refuses(Map.of("TREX_LLM_URL", "https://example.org/v1", "TREX_LLM_MODEL", "m", "TREX_LLM_PARALLEL", "0"), "TREX_LLM_PARALLEL");
    }

    private static void refuses(Map<String, String> environment, String because) {
        assertThatThrownBy(() -> Endpoint.of(environment)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(because).hasMessageNotContaining(KEY);
    }
}
