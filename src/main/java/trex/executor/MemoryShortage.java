package trex.executor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trex.model.ByteCount;

/// Memory that ran out in the middle of the work: what was asked for and what was there.
final class MemoryShortage {
    /// The numeric library's words, where it says how much it wanted.
    private static final Pattern WANTED = Pattern.compile("tried to allocate (\\d+) bytes");

    private MemoryShortage() {}

    /// A sentence for the person; empty for a fault of another kind.
    ///
    /// @param phase what the work was doing
    /// @param available bytes that the machine could still give
    static Optional<String> sentence(Throwable fault, String phase, long available) {
        String said = String.valueOf(fault.getMessage());
        if (fault instanceof OutOfMemoryError) {
            return Optional.of("Memory ran out while %s: Java may use %s here and needed more (%s); use a smaller batch or fewer examples"
                    .formatted(phase, new ByteCount(Runtime.getRuntime().maxMemory()), said));
        }
        if (!said.contains("can't allocate memory") && !said.contains("out of memory")) {
            return Optional.empty();
        }
        Matcher wanted = WANTED.matcher(said);
        String needed = wanted.find()
                ? new ByteCount(Long.parseLong(wanted.group(1))) + " more were needed"
                : said.lines().findFirst().orElse("");
        return Optional.of("Memory ran out while %s: %s, and %s were available; use a smaller batch, shorter examples or gradient checkpointing"
                .formatted(phase, needed, new ByteCount(available)));
    }
}
