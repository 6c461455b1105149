package trex.lm;

/// An example as token ids, the form that training and evaluation work on.
///
/// @param prompt ids of the rendered prompt, at least one
/// @param completion ids of the answer, its end token included
public record TokenizedExample(String id, int[] prompt, int[] completion) {
    public TokenizedExample {
        if (prompt.length == 0 || completion.length == 0) {
            throw new IllegalArgumentException("example " + id + " has an empty prompt or completion");
        }
    }

    public int length() {
        return prompt.length + completion.length;
    }
}
