package trex.model;

import java.util.regex.Pattern;

/// Names a study; also the name of its folder.
///
/// @param value `[A-Za-z0-9_-]{1,64}`, so that it is safe in paths and on command lines
public record StudyId(String value) {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public StudyId {
        if (!SAFE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a valid id: \"" + value + "\"");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
