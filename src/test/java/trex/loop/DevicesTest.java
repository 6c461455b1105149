package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trex.model.DeviceList;

@Timeout(60)
class DevicesTest {
    private static final DeviceList BOTH = DeviceList.of("cuda:1,cuda:0");
    private static final DeviceList FIRST = DeviceList.of("cuda:0");
    private static final DeviceList SECOND = DeviceList.of("cuda:1");

    private final Devices devices = new Devices();

    @Test
    void runsOnDifferentDevicesDoNotWaitForOneAnother() throws InterruptedException {
        try (Devices.Turn _ = devices.take(FIRST)) {
            assertThat(devices.isTaken(SECOND)).isFalse();
            devices.take(SECOND).close();
        }
    }

    @Test
    void aRunOnSeveralDevicesTakesThemAll() throws InterruptedException {
        try (Devices.Turn _ = devices.take(BOTH)) {
            assertThat(devices.isTaken(FIRST)).isTrue();
            assertThat(devices.isTaken(SECOND)).isTrue();
        }
        assertThat(devices.isTaken(BOTH)).isFalse();
    }

    @Test
    void aWaitThatIsCutShortLeavesNothingTaken() throws InterruptedException {
        try (Devices.Turn _ = devices.take(SECOND)) {
            Thread waiting = Thread.ofVirtual().start(() -> {
                try (Devices.Turn _ = devices.take(BOTH)) {
                    throw new IllegalStateException("the second one was taken");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            waiting.interrupt();
            assertThat(waiting.join(Duration.ofSeconds(50))).isTrue();
            assertThat(devices.isTaken(FIRST)).isFalse();
        }
    }
}
