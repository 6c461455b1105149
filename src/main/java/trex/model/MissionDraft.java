package trex.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the person says about data of their own, to make a mission of it. The rest of the mission has
/// values that fit what the rows tell.
///
/// @param name of the mission and of its folder
/// @param baseModel a name of the model catalogue, or the path of a model file or folder
/// @param test file of the rows that are kept for the end, or null where they are cut from the data
/// @param held rows for each of the splits that are cut from the data, at least 1
public record MissionDraft(
        String name,
        String goal,
        String baseModel,
        Template template,
        Metric metric,
        @Nullable String test,
        int held,
        int rounds,
        long seconds) {
    /// Rounds at most, where the person does not say.
    public static final int USUAL_ROUNDS = 8;
    /// Seconds of computing at most, where the person does not say.
    public static final long USUAL_SECONDS = 1800;
    private static final int LONGEST_NAME = 40;
    private static final String PLAIN_MODEL = "nano"; // the only built-in model without a chat form

    public MissionDraft {
        if (held < 1) {
            throw new IllegalArgumentException("the rows that are held back must be at least 1, got " + held);
        }
    }

    /// A name for a mission about a file: its own, of letters that a mission's name may have.
    public static String name(String file) {
        String last = file.replaceAll("[/\\\\]+$", "").replaceAll(".*[/\\\\]", "").replaceAll("\\.[A-Za-z0-9]+$", "");
        String plain = last.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
        return plain.isEmpty() ? "own" : plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }

    /// Whether prompts for a base model are given in its chat form where the person does not say.
    public static boolean usuallyChats(String baseModel) {
        return !PLAIN_MODEL.equals(baseModel);
    }

    /// How many rows each cut takes where the person does not say: a tenth, at most 200.
    public static int usuallyHeld(int rows) {
        return Math.clamp(rows / 10, 1, 200);
    }

    /// A prompt that ends with the answers to choose from, in place of those that it listed before; with
    /// none, without a list.
    public static String listing(String prompt, List<String> answers) {
        String bare = prompt.replaceAll("(?s)\\n\\nAnswer with one of: .*\\.$", "");
        return answers.isEmpty() ? bare : bare + "\n\nAnswer with one of: " + String.join(", ", answers) + ".";
    }

    /// How a mission of rows that tell this begins to learn.
    public static Procedure procedure(RowForm form) {
        return switch (form) {
            case ANSWERED -> new Procedure.Supervised();
            case COMPARED -> new Procedure.Preference(PreferenceLoss.DPO, 0.1, 0);
            case RATED -> new Procedure.Kto(0.1, 1, 1);
            case TEXT -> new Procedure.ContinuedPretraining();
        };
    }
}
