package trex.executor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trex.data.BrokenData;
import trex.data.Row;
import trex.data.RowReader;
import trex.data.SplitSealer;
import trex.fetch.DataFiles;
import trex.fetch.Progress;
import trex.fetch.Unavailable;
import trex.model.DataSource;
import trex.model.Mission;
import trex.model.RunEvent;

/// Brings a mission's data files here and reads their rows.
public final class MissionRows {
    private final DataFiles data;
    private final RowReader rows = new RowReader();

    public MissionRows(DataFiles data) {
        this.data = data;
    }

    /// @throws Unavailable for a file that cannot be had
    /// @throws BrokenData for one that cannot be read
    public SplitSealer.Source read(Mission mission, Consumer<RunEvent> progress)
            throws Unavailable, BrokenData, InterruptedException {
        List<Row> train = new ArrayList<>();
        for (DataSource part : mission.data().train()) {
            train.addAll(read(part, progress));
        }
        DataSource given = mission.data().validation();
        @Nullable List<Row> validation = given == null ? null : read(given, progress);
        return new SplitSealer.Source(train, validation, read(mission.data().test(), progress));
    }

    private List<Row> read(DataSource source, Consumer<RunEvent> progress)
            throws Unavailable, BrokenData, InterruptedException {
        Path file = data.locate(source, reporter(progress));
        progress.accept(new RunEvent.Phase("reading " + file.getFileName(), -1));
        return rows.read(file, source.format());
    }

    static Progress reporter(Consumer<RunEvent> progress) {
        return (what, done, total) -> progress.accept(
                new RunEvent.Phase(what, total > 0 ? Math.clamp((double) done / total, 0, 1) : -1));
    }
}
