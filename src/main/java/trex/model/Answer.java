package trex.model;

/// What a model answered to one example.
///
/// @param expected the right answer
/// @param given the model's
public record Answer(String expected, String given) {
    public Answer {
        expected = expected.strip();
        given = given.strip();
    }

    /// Whether both are the same, white space around them aside.
    public boolean right() {
        return expected.equals(given);
    }
}
