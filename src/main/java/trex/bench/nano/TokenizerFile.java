package trex.bench.nano;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import trex.json.Json;

/// Writes a byte-pair encoding as `tokenizer.json` and `tokenizer_config.json`, the way Hugging
/// Face tokenizers read them.
final class TokenizerFile {
    private TokenizerFile() {}

    static void write(BytePairTrainer.Encoding encoding, Path folder) throws IOException {
        Map<String, Object> byteLevel =
                Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true, "use_regex", true);
        Map<String, Object> end = Map.of("id", 0, "content", BytePairTrainer.END, "single_word", false,
                "lstrip", false, "rstrip", false, "normalized", false, "special", true);
        Map<String, Object> file = new TreeMap<>();
        file.put("version", "1.0");
        file.put("added_tokens", List.of(new TreeMap<>(end)));
        file.put("normalizer", null);
        file.put("pre_tokenizer", sorted(Map.of("type", "Sequence", "pretokenizers",
                List.of(sorted(Map.of("type", "Digits", "individual_digits", true)), sorted(byteLevel)))));
        file.put("post_processor", null);
        file.put("decoder", sorted(byteLevel));
        file.put("model", model(encoding));
        Json.mapper().writeValue(folder.resolve("tokenizer.json").toFile(), file);
        Json.mapper().writeValue(folder.resolve("tokenizer_config.json").toFile(),
                sorted(Map.of("eos_token", BytePairTrainer.END, "tokenizer_class", "PreTrainedTokenizerFast")));
    }

    private static Map<String, Object> model(BytePairTrainer.Encoding encoding) {
        Map<String, Object> model = new TreeMap<>();
        model.put("type", "BPE");
        model.put("dropout", null);
        model.put("unk_token", null);
        model.put("vocab", encoding.ids());
        model.put("merges", encoding.merges().stream().map(BytePairTrainer.Pair::toString).toList());
        return model;
    }

    private static Map<String, Object> sorted(Map<String, Object> map) {
        return new TreeMap<>(map);
    }
}
