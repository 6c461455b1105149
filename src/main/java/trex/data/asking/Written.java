package trex.data.asking;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trex.json.Json;

/// A row as a model wrote it.
record Written(String prompt, String answer) {
    private static final Pattern FENCED = Pattern.compile("```(?:json)?\\s*(\\{.*})\\s*```", Pattern.DOTALL);

    /// One object with these two texts and nothing else; fences around it are allowed.
    static Optional<Written> read(String text) {
        Matcher fenced = FENCED.matcher(text.strip());
        try {
            Written row = Json.mapper().readValue(fenced.matches() ? fenced.group(1) : text.strip(), Written.class);
            return row == null || row.prompt() == null || row.answer() == null
                    ? Optional.empty()
                    : Optional.of(new Written(row.prompt().strip(), row.answer().strip()));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }
}
