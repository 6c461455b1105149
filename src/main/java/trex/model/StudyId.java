package trex.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/// Names a study; also the name of its folder.
///
/// @param value `[A-Za-z0-9_-]{1,64}`, so that it is safe in paths and on command lines
public record StudyId(String value) {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    public StudyId {
        if (!SAFE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a valid id: \"" + value + "\"");
        }
    }

    /// The mission's name and the second of creation (UTC), as in `sst2-261125-041233`: at most 54
    /// characters, so that run ids fit behind it, and never the name of an older study's folder.
    public static StudyId of(String missionName, Instant created) {
        return new StudyId(missionName + "-" + STAMP.format(created));
    }

    @Override
    public String toString() {
        return value;
    }
}
