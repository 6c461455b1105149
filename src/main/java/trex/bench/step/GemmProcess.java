package trex.bench.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import trex.bench.Bench;
import trex.bench.Gemm;
import trex.bench.GemmProbe;
import trex.bench.MeasuringJvm;
import trex.json.Json;
import trex.lm.Calibration;
import trex.lm.Calibrator;
import trex.lm.GemmRate;

/// Measures matrix products in a process of its own.
public final class GemmProcess implements GemmProbe {
    private final MeasuringJvm jvm;

    /// @param home the program's home folder
    public GemmProcess(Path home) {
        jvm = NumericJvm.in(home);
    }

    @Override
    public Gemm measure() throws Bench.Unmeasured, InterruptedException {
        return jvm.run(Gemm.class, GemmProcess.class);
    }

    public static void main(String[] arguments) throws JsonProcessingException {
        Calibration calibration = Calibrator.measure();
        System.out.println(Json.mapper()
                .writeValueAsString(new Gemm(GemmRate.WIDTH, calibration.fastestFp32(), calibration.bf16())));
    }
}
