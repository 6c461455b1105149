package trex.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"cuda:0|1|cuda:0", "cuda:0,cuda:1|1|cuda:0,cuda:1", "cuda:1,cuda:0|2|cuda:1 cuda:0",
        "cuda:0,cuda:1,cuda:2,cuda:3|2|cuda:0,cuda:1 cuda:2,cuda:3", "cuda:0,cuda:1,cuda:2|2|cuda:0,cuda:1 cuda:2"})
    void runsAtATimeDivideTheDevices(String devices, int runs, String parts) {
        assertThat(DeviceList.of(devices).parts(runs)).map(DeviceList::toString).containsExactly(parts.split(" "));
    }

    @Test
    void moreRunsAtATimeThanDevicesAreRefused() {
        StudySettings usual = StudySettings.DEFAULT;
        assertThatThrownBy(() -> usual.withParallel(2))
                .hasMessage("parallel must be 1 on cpu, which carries out one run at a time, got 2");
        assertThatThrownBy(() -> usual.withDevice("cuda:0,cuda:1").withParallel(3))
                .hasMessage("parallel must be at most 2, the number of devices in \"cuda:0,cuda:1\", got 3");
        assertThat(usual.withDevice("cuda:0,cuda:1").withParallel(2).parallel()).isEqualTo(2);
        assertThatThrownBy(() -> DeviceList.of("cuda:0").parts(2))
                .hasMessage("\"cuda:0\" can be divided into 1 to 1 parts, got 2");
    }

    @Test
    void settingsRefuseADeviceThatMakesNoSense() {
        StudySettings usual = StudySettings.DEFAULT;
        assertThatThrownBy(() -> new StudySettings(usual.approval(), "rank-puct", 1, 1, "gpu", "none"))
                .hasMessage("device must be cpu, cuda:n or mps, got \"gpu\"");
    }
}
