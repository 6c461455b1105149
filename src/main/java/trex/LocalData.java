package trex;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import trex.cli.DataDesk;
import trex.data.BadMission;
import trex.data.BrokenData;
import trex.data.DataPipeline;
import trex.data.HeldOut;
import trex.data.LineDeduplication;
import trex.data.MissionFile;
import trex.data.Previews;
import trex.data.SplitReader;
import trex.data.SplitSealer;
import trex.data.TrainingRows;
import trex.data.asking.Asking;
import trex.executor.MissionRows;
import trex.fetch.AllowedHosts;
import trex.fetch.DataFiles;
import trex.fetch.Downloads;
import trex.fetch.Folders;
import trex.fetch.ModelCatalogue;
import trex.fetch.Places;
import trex.fetch.Unavailable;
import trex.gui.newstudy.DataSight;
import trex.json.Json;
import trex.loop.OwnData;
import trex.loop.Studies;
import trex.model.DataPreview;
import trex.model.Example;
import trex.model.Mission;
import trex.model.MissionPreview;
import trex.model.RunEvent;
import trex.model.SealedSplits;

/// Work on data files of this machine.
final class LocalData implements DataDesk, DataSight {
    private static final int FIRST_ROWS = 5;

    private final Path home;
    private final Map<String, String> environment;
    private final MissionRows rows;

    LocalData(Places places) {
        this(places, System.getenv());
    }

    /// @param environment names the language model that data recipes may ask
    LocalData(Places places, Map<String, String> environment) {
        home = places.home();
        this.environment = Map.copyOf(environment);
        rows = new MissionRows(new DataFiles(places,
                new Downloads(AllowedHosts.standard(places.hub()), Downloads.Limits.GENEROUS)));
    }

    @Override
    public DataPreview preview(Path file) throws Studies.Refused {
        try {
            return new Previews().of(file);
        } catch (BrokenData e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public OwnData open(Path data) throws Studies.Refused {
        return new LocalRows(data, home.resolve("missions"));
    }

    @Override
    public List<String> baseModels() {
        return ModelCatalogue.names();
    }

    @Override
    public Removed deduplicate(Path file, Path copy, double similarity) throws Studies.Refused, InterruptedException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String format = name.substring(name.lastIndexOf('.') + 1);
        if (!LineDeduplication.FORMATS.contains(format)) {
            throw new Studies.Refused(file + ": only files of one row a line can be copied as a stream: "
                    + String.join(", ", LineDeduplication.FORMATS));
        }
        refuseExisting(copy);
        try {
            LineDeduplication.Counts counts = new LineDeduplication(similarity, Runtime.getRuntime().availableProcessors())
                    .copy(file, format, copy, (_, _) -> {});
            return new Removed(counts.read(), counts.exactRepeats(), counts.nearRepeats());
        } catch (BrokenData | IllegalArgumentException e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public List<String> export(Path mission, Path file) throws Studies.Refused, InterruptedException {
        refuseExisting(file);
        try {
            return export(MissionFile.read(mission), file);
        } catch (BadMission | BrokenData | Unavailable e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Studies.Refused(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public MissionPreview preview(Mission mission, Consumer<String> phase) throws Studies.Refused, InterruptedException {
        try {
            return whileSealed(mission, phase, (seal, train) -> new MissionPreview(train.size(),
                    seal.splits().validation().rows(), seal.splits().test().rows(), seal.splits().removedFromTrain(),
                    seal.removedFromValidation(), seal.profile(), train.subList(0, Math.min(FIRST_ROWS, train.size()))));
        } catch (BrokenData | Unavailable e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Studies.Refused("The splits cannot be cut here: " + e.getMessage(), e);
        }
    }

    @Override
    public String model() throws Studies.Refused {
        return ConfiguredModel.of(home, environment).told();
    }

    private List<String> export(Mission mission, Path file)
            throws Studies.Refused, Unavailable, BrokenData, IOException, InterruptedException {
        ConfiguredModel model = ConfiguredModel.of(home, environment);
        if (mission.start().data().asksModel()) {
            model.refuseUnaskable(mission);
        }
        return whileSealed(mission, _ -> {}, (seal, train) -> {
            HeldOut heldOut = HeldOut.of(seal.splits()).orElse(null);
            Asking asking = model.asked()
                    .map(asked -> new Asking(asked, mission.data().template().answers(), heldOut)).orElse(null);
            TrainingRows made = new DataPipeline(asking).run(mission.start().data(), train, mission.start().seed(),
                    mission.budget().examplesPerRound());
            List<String> lines = new ArrayList<>();
            for (Example example : made.examples()) {
                lines.add(Json.mapper().writeValueAsString(example));
            }
            Files.write(file, lines);
            return steps(seal.splits(), made, file);
        });
    }

    /// Cuts a mission's splits in a folder of its own, which is gone afterwards.
    private <T> T whileSealed(Mission mission, Consumer<String> phase, WithSplits<T> use)
            throws Unavailable, BrokenData, IOException, InterruptedException {
        SplitSealer.Source source = rows.read(mission, event -> {
            if (event instanceof RunEvent.Phase said) {
                phase.accept(said.text());
            }
        });
        phase.accept("cutting the splits");
        Path folder = Files.createTempDirectory("trex-splits");
        try {
            SplitSealer.Seal seal = new SplitSealer(folder)
                    .seal(source, mission.data().template(), mission.data().cut(), mission.seed());
            return use.make(seal, new SplitReader(InstantSource.system()).read(seal.splits().train()));
        } finally {
            Folders.remove(folder);
        }
    }

    private static List<String> steps(SealedSplits splits, TrainingRows made, Path file) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "training split: %d rows, %d removed for their overlap with validation or test",
                splits.train().rows(), splits.removedFromTrain()));
        made.steps().forEach(step -> lines.add(step.toString()));
        lines.add(made.examples().size() + " examples in " + file);
        return lines;
    }

    /// What is made of cut splits.
    @FunctionalInterface
    private interface WithSplits<T> {
        T make(SplitSealer.Seal seal, List<Example> train) throws BrokenData, IOException, InterruptedException;
    }

    private static void refuseExisting(Path file) throws Studies.Refused {
        if (Files.exists(file)) {
            throw new Studies.Refused(file + " is there already; name a new file");
        }
    }
}
