package trex.bench.nano;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import trex.lm.BaseModel;
import trex.lm.ModelReader;
import trex.lm.UnreadableModel;

class NanoFolderTest {
    private static final Path NANO = Path.of("assets", "nano");

    @Test
    void theEmbeddedModelHasTheShapeThatTheProgramStates() throws UnreadableModel {
        try (BaseModel nano = ModelReader.open(NANO)) {
            assertThat(nano.config()).isEqualTo(NanoProgram.SHAPE);
        }
    }

    @Test
    void itsTokenizerKeepsTextAndSplitsDigits() throws UnreadableModel {
        try (BaseModel nano = ModelReader.open(NANO)) {
            String text = "On March 3rd 1987 Anna said: \"fine\"\n";
            int[] ids = nano.tokenizer().encode(text);
            assertThat(nano.tokenizer().decode(ids)).isEqualTo(text);
            assertThat(nano.tokenizer().encode("1987")).hasSize(4);
        }
    }
}
