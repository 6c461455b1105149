package trex;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ArchiveTrainingTest {
    @Test
    void itKnowsTheClassesOfTheWindowAndLeavesTheEngineAlone() throws IOException {
        assertThat(ArchiveTraining.classes(System.getProperty("java.class.path")))
                .contains("javafx.scene.control.Label", "com.sun.glass.ui.Application", "atlantafx.base.theme.PrimerDark",
                        "org.kordamp.ikonli.javafx.FontIcon", "org.h2.Driver", "com.fasterxml.jackson.databind.ObjectMapper")
                .noneMatch(name -> name.startsWith("ai.djl.") || name.endsWith("module-info"));
    }
}
