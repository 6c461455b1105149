package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import trex.model.DeviceName;
import trex.model.Method;
import trex.model.Precision;

/// The first graphics processor of NVIDIA's computes what the processor computes.
@Tag("gpu")
class GraphicsDeviceTest extends DeviceParity {
    private static final ComputeDevice FIRST = ComputeDevice.of(new DeviceName(DeviceName.Kind.CUDA, 0));
    private static final int STEPS = 20;

    @BeforeAll
    static void thereIsOne() {
        assumeTrue(CudaUtils.hasCuda(), "no graphics processor: CUDA's runtime library finds none");
        assumeTrue(Engine.getEngine("PyTorch").hasCapability("CUDA"), "the numeric library is the one for processors");
    }

    @Override
    ComputeDevice device() {
        return FIRST;
    }

    @Test
    void itsMemoryDoesNotGrowFromStepToStep() throws Exception {
        ModelConfig config = new ModelConfig(512, 64, 4, 4, 2, 16, 128, 128, 1e-5, 1e4, true);
        try (LanguageModel model =
                LanguageModel.tunable(new RandomWeights(config, 1), FIRST, Precision.BF16, new Method.Full(), 1)) {
            Descent optimizer = model.optimizer();
            PackedBatch batch = batch();
            step(model, optimizer, batch);
            long after = used();
            for (int step = 0; step < STEPS; step++) {
                step(model, optimizer, batch);
            }
            assertThat(used() - after).isLessThan(4L << 20);
        }
    }

    @Test
    void itIsCalibrated() {
        try (GemmRate rate = new GemmRate(FIRST)) {
            assertThat(rate.measure(Precision.FP32, 0.1)).isPositive();
            assertThatCode(() -> rate.measure(Precision.BF16, 0.1)).doesNotThrowAnyException();
        }
    }

    private static void step(LanguageModel model, Descent optimizer, PackedBatch batch) {
        model.grads(batch, false);
        optimizer.apply(1e-4, 0, 1);
    }

    private static PackedBatch batch() {
        int[] ids = new int[96];
        int[] positions = new int[ids.length];
        float[] weights = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i;
            positions[i] = i;
            weights[i] = 1f / ids.length;
        }
        return new PackedBatch(ids, positions, List.of(new Segment(0, ids.length, Segment.NONE)),
                positions, ids, weights);
    }

    private static long used() {
        return CudaUtils.getGpuMemory(Device.gpu(0)).getCommitted();
    }
}
