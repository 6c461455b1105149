package trex.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceListTest {
    @ParameterizedTest
    @ValueSource(strings = {"cpu", "mps", "cuda:0", "cuda:11", "cuda:1,cuda:0"})
    void itIsWrittenAsItIsRead(String text) {
        assertThat(DeviceList.of(text)).hasToString(text);
    }

    @Test
    void spacesBetweenNamesDoNotMatter() {
        assertThat(DeviceList.of("cuda:0, cuda:2")).hasToString("cuda:0,cuda:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tpu", "cuda", "cuda:", "cuda:100", "cuda:-1", "CPU", "cpu:0", "cuda:0,", "cuda:0,cuda:0",
        "cpu,cuda:0", "mps,cuda:1"})
    void whatNamesNoDevicesIsRefusedWithItsText(String text) {
        assertThatThrownBy(() -> DeviceList.of(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("device m");
    }

    @Test
    void settingsRefuseADeviceThatMakesNoSense() {
        StudySettings usual = StudySettings.DEFAULT;
        assertThatThrownBy(() -> new StudySettings(usual.approval(), "rank-puct", 1, 1, "gpu", "none"))
                .hasMessage("device must be cpu, cuda:n or mps, got \"gpu\"");
    }
}
