package trex.evaluation;

/// What a model answered to one example.
///
/// @param id the example's id
/// @param expected the right answer
/// @param given the model's answer
public record Prediction(String id, String expected, String given) {
    /// Whether both are the same, white space around them aside.
    public boolean right() {
        return expected.strip().equals(given.strip());
    }
}
