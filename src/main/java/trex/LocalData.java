package trex;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import trex.cli.DataDesk;
import trex.data.BrokenData;
import trex.data.LineDeduplication;
import trex.data.Previews;
import trex.loop.Studies;
import trex.model.DataPreview;

/// Work on data files of this machine.
final class LocalData implements DataDesk {
    @Override
    public DataPreview preview(Path file) throws Studies.Refused {
        try {
            return new Previews().of(file);
        } catch (BrokenData e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Removed deduplicate(Path file, Path copy, double similarity) throws Studies.Refused, InterruptedException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String format = name.substring(name.lastIndexOf('.') + 1);
        if (!LineDeduplication.FORMATS.contains(format)) {
            throw new Studies.Refused(file + ": only files of one row a line can be copied as a stream: "
                    + String.join(", ", LineDeduplication.FORMATS));
        }
        if (Files.exists(copy)) {
            throw new Studies.Refused(copy + " is there already; name a new file");
        }
        try {
            LineDeduplication.Counts counts = new LineDeduplication(similarity, Runtime.getRuntime().availableProcessors())
                    .copy(file, format, copy, (_, _) -> {});
            return new Removed(counts.read(), counts.exactRepeats(), counts.nearRepeats());
        } catch (BrokenData | IllegalArgumentException e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }
}
