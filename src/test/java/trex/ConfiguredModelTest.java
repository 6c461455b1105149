package trex;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.data.MissionFile;
import trex.loop.Studies;
import trex.model.Bounds;
import trex.model.Choices;
import trex.model.Limit;
import trex.model.Mission;

class ConfiguredModelTest {
    private static final String REFUSAL = "its space lets recipes ask a language model, and no language model is configured";

    @TempDir private Path home;

    @Test
    void aSpaceThatMayAskIsRefusedWhileThereIsNoModel() throws Exception {
        ConfiguredModel none = ConfiguredModel.of(home, Map.of());
        for (Map<String, Limit> space : List.<Map<String, Limit>>of(Map.of("embedding", new Choices(List.of("hashed", "model"))),
                Map.of("score", new Bounds(0, 6)), Map.of("generate", new Bounds(0, 100)))) {
            assertThatThrownBy(() -> none.refuseUnaskable(mission(space))).as("%s", space)
                    .isInstanceOf(Studies.Refused.class).hasMessageContaining(REFUSAL).hasMessageContaining("TREX_LLM_URL");
        }
    }

    @Test
    void aSpaceThatAsksNobodyNeedsNoModel() throws Exception {
        ConfiguredModel none = ConfiguredModel.of(home, Map.of());
        Mission mission = mission(Map.of("embedding", new Choices(List.of("hashed")), "score", new Bounds(0, 0),
                "select", new Bounds(0, 100)));
        assertThatCode(() -> none.refuseUnaskable(mission)).doesNotThrowAnyException();
    }

    @Test
    void whoHasAModelMayAsk() throws Exception {
        ConfiguredModel model = ConfiguredModel.of(home,
                Map.of("TREX_LLM_URL", "http://localhost:11434/v1", "TREX_LLM_MODEL", "toy"));
        assertThatCode(() -> model.refuseUnaskable(mission(Map.of("embedding", new Choices(List.of("model"))))))
                .doesNotThrowAnyException();
    }

    private static Mission mission(Map<String, Limit> space) throws Exception {
        Mission plain = MissionFile.read(Path.of("ft-bench/dates/task.json").toAbsolutePath());
        return new Mission(plain.name(), plain.goal(), plain.baseModel(), plain.data(), plain.metric(), plain.budget(), space,
                plain.start(), plain.seed());
    }
}
