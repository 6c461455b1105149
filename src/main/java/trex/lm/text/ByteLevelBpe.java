package trex.lm.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import trex.json.Json;
import trex.lm.UnreadableModel;

/// A byte-level byte-pair tokenizer as data, written as `tokenizer.json`.
///
/// @param tokens by id, in the byte-level alphabet of GPT-2 (a space is `Ġ`)
/// @param merges pairs `left right`, the earliest learned first
/// @param special ids of tokens that are never built from text and left out of decoded text
/// @param userDefined ids of tokens that are found whole in a text but decoded like others
/// @param split how a text is cut before merging
public record ByteLevelBpe(
        List<String> tokens, List<String> merges, List<Integer> special, List<Integer> userDefined, Split split) {
    public ByteLevelBpe {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
        special = List.copyOf(special);
        userDefined = List.copyOf(userDefined);
    }

    /// How a text is cut before pairs are merged within each part.
    public enum Split {
        /// Contractions, letters, digits, signs and white space by the pattern of GPT-2.
        GPT2,
        /// The same after every digit has been set apart.
        DIGITS_THEN_GPT2,
        /// The pattern of Llama 3: up to three digits together, no case in contractions.
        LLAMA3,
        /// The pattern of Qwen 2: digits one by one; the text in Unicode's composed form.
        QWEN2
    }

    static final String PATTERN = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}%s"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /// Reads a `tokenizer.json` of one of the known kinds.
    ///
    /// @throws UnreadableModel for any other
    public static ByteLevelBpe parse(String json) throws UnreadableModel {
        return ByteLevelBpeReader.read(json);
    }

    /// The `tokenizer.json` of Hugging Face's tokenizers library.
    public String json() {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        special.forEach(id -> addToken(added, id, true));
        userDefined.forEach(id -> addToken(added, id, false));
        if (split == Split.QWEN2) {
            root.putObject("normalizer").put("type", "NFC");
        } else {
            root.putNull("normalizer");
        }
        cut(root);
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"), true);
        model(root.putObject("model"));
        try {
            return Json.mapper().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values was not written", e);
        }
    }

    private void addToken(ArrayNode added, int id, boolean isSpecial) {
        added.addObject().put("id", id).put("content", tokens.get(id)).put("single_word", false).put("lstrip", false)
                .put("rstrip", false).put("normalized", false).put("special", isSpecial);
    }

    private void cut(ObjectNode root) {
        ObjectNode sequence = root.putObject("pre_tokenizer").put("type", "Sequence");
        ArrayNode steps = sequence.putArray("pretokenizers");
        switch (split) {
            case GPT2 -> byteLevel(steps.addObject(), true);
            case DIGITS_THEN_GPT2 -> {
                steps.addObject().put("type", "Digits").put("individual_digits", true);
                byteLevel(steps.addObject(), true);
            }
            case LLAMA3 -> pattern(steps, PATTERN.formatted("{1,3}"));
            case QWEN2 -> pattern(steps, PATTERN.formatted(""));
        }
    }

    private static void pattern(ArrayNode steps, String pattern) {
        ObjectNode split = steps.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", pattern);
        split.put("behavior", "Isolated").put("invert", false);
        byteLevel(steps.addObject(), false);
    }

    private static void byteLevel(ObjectNode node, boolean ownPattern) {
        node.put("type", "ByteLevel").put("add_prefix_space", false).put("trim_offsets", true).put("use_regex", ownPattern);
    }

    private void model(ObjectNode model) {
        model.put("type", "BPE").putNull("dropout").putNull("unk_token").putNull("continuing_subword_prefix")
                .putNull("end_of_word_suffix").put("fuse_unk", false).put("byte_fallback", false)
                .put("ignore_merges", split == Split.LLAMA3);
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
        }
        ArrayNode pairs = model.putArray("merges");
        merges.forEach(pairs::add);
    }
}
