package trex.lm;

/// A run of consecutive tokens of a packed batch. A token sees the tokens of its own segment up to
/// itself and every token of the segment's ancestors, nothing else.
///
/// @param start index of the first token in the batch
/// @param length number of tokens, at least 1
/// @param parent index of the segment this one continues, or -1; smaller than its own index
public record Segment(int start, int length, int parent) {
    public static final int NONE = -1;

    public Segment {
        if (start < 0 || length < 1 || parent < NONE) {
            throw new IllegalArgumentException(
                    "segment: start " + start + ", length " + length + ", parent " + parent + " make no sense");
        }
    }

    int end() {
        return start + length;
    }
}
