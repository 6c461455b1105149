package trex.lm.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds a GGUF file, right or wrong.
final class GgufBytes {
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private int version = 3;

    /// @param shape rows first
    private record Tensor(int type, long[] shape, byte[] data) {}

    GgufBytes version(int changed) {
        version = changed;
        return this;
    }

    GgufBytes put(String key, Object value) {
        metadata.put(key, value);
        return this;
    }

    GgufBytes without(String key) {
        metadata.remove(key);
        tensors.remove(key);
        return this;
    }

    GgufBytes tensor(String name, int type, byte[] data, long... shape) {
        tensors.put(name, new Tensor(type, shape, data));
        return this;
    }

    /// fp32 numbers `first`, `first + 1`, and so on.
    GgufBytes counting(String name, int first, long... shape) {
        int elements = 1;
        for (long side : shape) {
            elements *= (int) side;
        }
        ByteBuffer data = ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < elements; i++) {
            data.putFloat(first + i);
        }
        return tensor(name, 0, data.array(), shape);
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        int32(out, version);
        int64(out, tensors.size());
        int64(out, metadata.size());
        metadata.forEach((key, value) -> {
            text(out, key);
            int32(out, type(value));
            value(out, value);
        });
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            text(out, entry.getKey());
            int32(out, tensor.shape.length);
            for (int i = tensor.shape.length - 1; i >= 0; i--) {
                int64(out, tensor.shape[i]);
            }
            int32(out, tensor.type);
            int64(out, offset);
            offset += padded(tensor.data.length);
        }
        out.writeBytes(new byte[padded(out.size()) - out.size()]);
        for (Tensor tensor : tensors.values()) {
            out.writeBytes(tensor.data);
            out.writeBytes(new byte[padded(tensor.data.length) - tensor.data.length]);
        }
        return out.toByteArray();
    }

    private static int padded(int size) {
        return (size + 31) / 32 * 32;
    }

    private static int type(Object value) {
        return switch (value) {
            case Integer _ -> 4;
            case Float _ -> 6;
            case Boolean _ -> 7;
            case String _ -> 8;
            case List<?> _ -> 9;
            default -> throw new IllegalArgumentException("no GGUF type for " + value);
        };
    }

    private static void value(ByteArrayOutputStream out, Object value) {
        switch (value) {
            case Integer i -> int32(out, i);
            case Float f -> int32(out, Float.floatToIntBits(f));
            case Boolean b -> out.write(b ? 1 : 0);
            case String s -> text(out, s);
            case List<?> list -> {
                int32(out, type(list.getFirst()));
                int64(out, list.size());
                list.forEach(element -> value(out, element));
            }
            default -> throw new IllegalArgumentException("no GGUF type for " + value);
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int64(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void int32(ByteArrayOutputStream out, int value) {
        out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    private static void int64(ByteArrayOutputStream out, long value) {
        out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }

    /// A whole tiny model: vocabulary 8, width 8, 1 layer, 2 heads of 4 sharing 1, inner 12.
    static GgufBytes tinyModel() {
        return new GgufBytes()
                .put("general.architecture", "llama")
                .put("llama.block_count", 1)
                .put("llama.context_length", 16)
                .put("llama.embedding_length", 8)
                .put("llama.feed_forward_length", 12)
                .put("llama.attention.head_count", 2)
                .put("llama.attention.head_count_kv", 1)
                .put("llama.rope.freq_base", 10_000f)
                .put("llama.attention.layer_norm_rms_epsilon", 1e-5f)
                .put("llama.rope.dimension_count", 4)
                .put("tokenizer.ggml.model", "gpt2")
                .put("tokenizer.ggml.pre", "smollm")
                .put("tokenizer.ggml.tokens", List.of("<end>", "a", "b", "\u0120", "ab", "\u0120ab", "1", "2"))
                .put("tokenizer.ggml.token_type", List.of(3, 1, 1, 1, 1, 1, 1, 1))
                .put("tokenizer.ggml.merges", List.of("a b", "\u0120 ab"))
                .put("tokenizer.ggml.bos_token_id", 0)
                .put("tokenizer.ggml.eos_token_id", 0)
                .put("tokenizer.ggml.add_bos_token", false)
                .put("tokenizer.chat_template", "{% for m in messages %}{{ m['role'] + ':' + m['content'] }}<end>{% endfor %}")
                .counting("token_embd.weight", 0, 8, 8)
                .counting("blk.0.attn_norm.weight", 1, 8)
                .counting("blk.0.attn_q.weight", 100, 8, 8)
                .counting("blk.0.attn_k.weight", 200, 4, 8)
                .counting("blk.0.attn_v.weight", 300, 4, 8)
                .counting("blk.0.attn_output.weight", 400, 8, 8)
                .counting("blk.0.ffn_norm.weight", 2, 8)
                .counting("blk.0.ffn_gate.weight", 500, 12, 8)
                .counting("blk.0.ffn_up.weight", 600, 12, 8)
                .counting("blk.0.ffn_down.weight", 700, 8, 12)
                .counting("output_norm.weight", 3, 8);
    }
}
