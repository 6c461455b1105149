package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The embedded model in a process of its own.
class ModelProcessTest {
    @TempDir Path home;
    private ModelProcess models;

    @BeforeEach
    void needsTheEmbeddedModel() {
        TinyStudy.assumeModel();
        models = new ModelProcess(home, Path.of(""), new WorkerSettings(1, false, 256));
    }

    private TunedModel nano() throws Exception {
        return new TunedModel(models.find("nano", _ -> {}), null);
    }

    private static ChatSettings plain(int room, String... stops) {
        return new ChatSettings(null, false, 0, 1, 1, room, List.of(stops));
    }

    @Test
    void anAnswerArrivesInPiecesAndEndsBeforeAStop() throws Exception {
        StringBuilder whole = new StringBuilder();
        try (Conversation conversation = models.converse(nano(), plain(24))) {
            Reply reply = conversation.ask("The day was", whole::append);
            assertThat(reply.tokens()).isPositive();
        }
        String stop = whole.substring(whole.length() / 2, whole.length() / 2 + 2);
        StringBuilder cut = new StringBuilder();
        try (Conversation conversation = models.converse(nano(), plain(24, stop))) {
            conversation.ask("The day was", cut::append);
            assertThatThrownBy(() -> conversation.ask("a ".repeat(2000), _ -> {})).isInstanceOf(ModelProcess.Failed.class)
                    .hasMessageContaining("the model's context has 512");
        }
        assertThat(cut.toString()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
    }

    @Test
    void aRefusalReachesThePersonAsASentence() throws Exception {
        Path there = Files.createDirectory(home.resolve("there"));
        ExportRequest request = new ExportRequest(nano(), "nano", ExportFormat.HUGGING_FACE, there.toString(), "");
        assertThatThrownBy(() -> models.export(request)).isInstanceOf(ModelProcess.Failed.class)
                .hasMessage(there + " is already there; name a new folder");
    }

    @Test
    void anUnknownModelIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> models.find("no-such-model", _ -> {})).isInstanceOf(ModelProcess.Failed.class)
                .hasMessageContaining("nano");
    }
}
