package trex.lm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import trex.model.Quantization;

/// What is left of weights after quantisation, written down plainly: linear layers rounded to their
/// codes and widened again, all else as it was. Does not own what it reads.
record DequantizedWeights(ModelWeights base, Quantization kind) implements ChangedWeights {
    /// As bitsandbytes' `dequantize_blockwise` has them.
    private static final float[] NF4 = {
        -1.0f, -0.6961928009986877f, -0.5250730514526367f, -0.39491748809814453f, -0.28444138169288635f,
        -0.18477343022823334f, -0.09105003625154495f, 0.0f, 0.07958029955625534f, 0.16093020141124725f,
        0.24611230194568634f, 0.33791524171829224f, 0.44070982933044434f, 0.5626170039176941f,
        0.7229568362236023f, 1.0f
    };

    /// As bitsandbytes' `dQuantizeNF4` compares with them.
    static final float[] THRESHOLDS = {
        -0.8480964004993439f, -0.6106329262256622f, -0.4599952697753906f, -0.33967943489551544f,
        -0.23460740596055984f, -0.13791173323988914f, -0.045525018125772476f, 0.03979014977812767f,
        0.1202552504837513f, 0.2035212516784668f, 0.2920137718319893f, 0.3893125355243683f,
        0.5016634166240692f, 0.6427869200706482f, 0.8614784181118011f
    };

    static int nf4(float x) {
        int code = 0;
        for (float threshold : THRESHOLDS) {
            code += x > threshold ? 1 : 0;
        }
        return code;
    }

    static float[] rounded(Quantization kind, float[] weights, int columns) {
        int unit = kind == Quantization.INT8 ? columns : 64;
        float[] rounded = new float[weights.length];
        for (int first = 0; first < weights.length; first += unit) {
            int end = Math.min(first + unit, weights.length);
            float largest = 0;
            for (int i = first; i < end; i++) {
                largest = Math.max(largest, Math.abs(weights[i]));
            }
            for (int i = first; i < end; i++) {
                rounded[i] = largest == 0 ? 0 : kind == Quantization.INT8
                        ? (float) Math.rint(weights[i] * (127.0 / largest)) * (largest / 127)
                        : NF4[nf4(weights[i] * (1 / largest))] * largest;
            }
        }
        return rounded;
    }

    @Override
    public void copyTo(String name, MemorySegment target) throws UnreadableModel {
        base.copyTo(name, target);
        if (name.matches("model\\.layers\\.\\d+\\.(self_attn\\.[qkvo]|mlp\\.(gate|up|down))_proj\\.weight")) {
            float[] weights = target.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
            target.copyFrom(MemorySegment.ofArray(rounded(kind, weights, (int) shape(name)[1])));
        }
    }

    @Override
    public void close() {
        // the owner closes what it opened
    }
}
