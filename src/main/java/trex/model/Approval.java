package trex.model;

/// How proposals are approved.
///
/// @param mode who decides
/// @param seconds waiting time of [Mode#AFTER_DELAY]; 0 otherwise
public record Approval(Mode mode, int seconds) {
    /// Who decides.
    public enum Mode {
        ASK,
        AFTER_DELAY,
        AUTO
    }

    public static final Approval ASK = new Approval(Mode.ASK, 0);
    public static final Approval AUTO = new Approval(Mode.AUTO, 0);

    public Approval {
        if (mode == Mode.AFTER_DELAY && (seconds < 1 || seconds > 86_400)) {
            throw new IllegalArgumentException("approval: delay must be 1..86400 seconds, got " + seconds);
        }
    }

    public static Approval after(int seconds) {
        return new Approval(Mode.AFTER_DELAY, seconds);
    }

    /// `ask`, `auto`, or a number of seconds.
    public static Approval of(String text) {
        return switch (text) {
            case "ask" -> ASK;
            case "auto" -> AUTO;
            default -> {
                try {
                    yield after(Integer.parseInt(text));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            "approval must be ask, auto or a number of seconds, got \"" + text + "\"", e);
                }
            }
        };
    }
}
