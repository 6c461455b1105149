package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.model.Precision;

class CalibratorTest {
    private static final ModelConfig WIDE = new ModelConfig(64, 512, 1, 8, 8, 64, 64, 64, 1e-5, 1e4, true);
    private static final ModelConfig NARROW = new ModelConfig(64, 128, 1, 4, 4, 32, 64, 64, 1e-5, 1e4, true);

    @Test
    void aMachineIsMeasuredOnceAndRemembered(@TempDir Path home) throws Exception {
        Calibration first = new Calibrator(home).calibration();
        assertThat(first.fp32()).isPositive();
        assertThat(new Calibrator(home).calibration()).isEqualTo(first);
        Files.writeString(home.resolve("calibration.json"), "{\"machine\":\"another\",\"fp32\":1.0,\"bf16\":1.0,\"direct\":0.0}");
        assertThat(new Calibrator(home).calibration().machine()).isEqualTo(first.machine());
    }

    @Test
    void aDamagedFileIsMeasuredAnew(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("calibration.json"), "{");
        assertThat(new Calibrator(home).calibration().fp32()).isPositive();
    }

    @Test
    void ratesThatNoProcessorReachesAreMeasuredAnew(@TempDir Path home) throws Exception {
        String machine = new Calibrator(home).calibration().machine();
        Files.writeString(home.resolve("calibration.json"),
                "{\"machine\":\"" + machine + "\",\"fp32\":2.5e8,\"bf16\":300.0,\"direct\":0.0}");
        Calibration measured = new Calibrator(home).calibration();
        assertThat(measured.fp32()).isPositive().isLessThan(1e6);
        assertThat(new Calibrator(home).calibration()).isEqualTo(measured);
    }

    @Test
    void bf16IsChosenOnlyWhereItIsClearlyFaster() {
        assertThat(new Calibration("m", 100, 400, 0).choose(Precision.AUTO, WIDE).precision()).isEqualTo(Precision.BF16);
        assertThat(new Calibration("m", 100, 120, 0).choose(Precision.AUTO, WIDE).precision()).isEqualTo(Precision.FP32);
        assertThat(new Calibration("m", 100, 1, 0).choose(Precision.AUTO, WIDE).precision()).isEqualTo(Precision.FP32);
        assertThat(new Calibration("m", 100, 400, 0).choose(Precision.AUTO, NARROW).precision()).isEqualTo(Precision.FP32);
        assertThat(new Calibration("m", 100, 1, 0).choose(Precision.BF16, WIDE).precision()).isEqualTo(Precision.BF16);
    }

    @Test
    void aCalibrationDecidesWhereThePrecisionIsOpenOrAWideModelsFp32() {
        assertThat(Calibration.decides(Precision.AUTO, NARROW)).isTrue();
        assertThat(Calibration.decides(Precision.FP32, WIDE)).isTrue();
        assertThat(Calibration.decides(Precision.FP32, NARROW)).isFalse();
        assertThat(Calibration.decides(Precision.BF16, WIDE)).isFalse();
    }

    @Test
    void theReasonStatesBothRates() {
        assertThat(new Calibration("m", 110, 1, 0).choose(Precision.AUTO, WIDE).reason())
                .isEqualTo("fp32: fp32 runs at 110 GFLOP/s here, bf16 at 1");
    }

    @Test
    void fp32IsMultipliedByWhatIsFasterAndTheReasonSaysSo() {
        Calibration slower = new Calibration("m", 100, 1, 110);
        assertThat(slower.choose(Precision.FP32, WIDE).products()).isEqualTo(Products.LIBRARY);
        Calibration faster = new Calibration("m", 110, 400, 240);
        assertThat(faster.choose(Precision.FP32, WIDE).products()).isEqualTo(Products.ONEDNN);
        assertThat(faster.choose(Precision.FP32, NARROW).products()).isEqualTo(Products.LIBRARY);
        assertThat(faster.choose(Precision.AUTO, WIDE).reason()).isEqualTo(
                "bf16: fp32 runs at 240 GFLOP/s here by oneDNN (the library's own products at 110), bf16 at 400");
        assertThat(new Calibration("m", 110, 300, 240).choose(Precision.AUTO, WIDE).precision())
                .isEqualTo(Precision.FP32);
    }
}
