package trex.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import trex.model.LoraScaling;
import trex.model.LoraTargets;
import trex.model.Method;

class MethodJsonTest {
    @Test
    void adaptersWrittenBeforeThereWasAScalingAreScaledByTheirRank() throws Exception {
        String old = "{\"kind\":\"lora\",\"rank\":16,\"alpha\":32.0,\"targets\":\"mlp\"}";
        assertThat(read(old)).isEqualTo(new Method.Lora(16, 32, LoraTargets.MLP));
    }

    @Test
    void aScalingIsReadBackAsItWasWritten() throws Exception {
        Method.Lora stabilised = new Method.Lora(16, 32, LoraTargets.MLP, LoraScaling.ROOT_OF_RANK);
        assertThat(stabilised.scale()).isCloseTo(8, within(1e-12));
        assertThat(read(Json.mapper().writeValueAsString(stabilised))).isEqualTo(stabilised);
    }

    @Test
    void fullTuningWrittenBeforeLayersCouldBeFrozenTrainsThemAll() throws Exception {
        assertThat(read("{\"kind\":\"full\"}")).isEqualTo(new Method.Full());
    }

    @Test
    void everyOtherFieldMustBeThere() {
        assertThatThrownBy(() -> read("{\"kind\":\"lora\",\"rank\":16,\"targets\":\"mlp\"}"))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("alpha");
    }

    private static Method read(String json) throws JsonProcessingException {
        return Json.mapper().readValue(json, Method.class);
    }
}
