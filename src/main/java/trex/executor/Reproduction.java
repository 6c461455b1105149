package trex.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import trex.fetch.Places;
import trex.loop.Preparation;
import trex.loop.Studies;
import trex.model.Checkpoint;
import trex.model.DataSource;
import trex.model.Mission;
import trex.model.Prepared;
import trex.model.Recipe;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Score;
import trex.model.Split;
import trex.model.StudyId;
import trex.model.Work;

/// Does the best training of a bundle again, from the same base model and the same data, and compares
/// what comes out bit for bit. What goes in must have the bundle's digests: else nothing is trained.
public final class Reproduction {
    private static final int THREADS_A_PROCESSOR = 4;

    private final Places places;
    private final WorkerSettings settings;

    /// @param home the program's home folder
    /// @param installation the folder that holds `assets/`
    public Reproduction(Path home, Path installation, WorkerSettings settings) {
        this(Places.of(home, installation, System.getenv()), settings);
    }

    Reproduction(Places places, WorkerSettings settings) {
        this.places = places;
        this.settings = settings;
    }

    /// What came out.
    ///
    /// @param items what was compared, in order
    /// @param reasons why something could differ: what is known to differ around the training
    public record Outcome(List<Item> items, List<String> reasons) {
        public Outcome {
            items = List.copyOf(items);
            reasons = List.copyOf(reasons);
        }

        public boolean same() {
            return items.stream().allMatch(Item::same);
        }
    }

    /// @param what in words
    /// @param before the bundle's value
    /// @param now the value here
    public record Item(String what, String before, String now) {
        public boolean same() {
            return before.equals(now);
        }
    }

    /// @param file the bundle
    /// @param progress what is being done meanwhile
    /// @throws Studies.Refused where the bundle is no good, the base model or the data are not its own,
    ///     or the training fails
    public Outcome of(Path file, Consumer<RunEvent> progress) throws Studies.Refused, InterruptedException {
        Bundle bundle = BundleFile.read(file, PortablePaths.of(places));
        if (bundle.recipe().data().asksModel()) {
            throw new Studies.Refused("Not reproduced: the recipe asks a language model for its training rows, and a bundle holds "
                    + "no rows and no answers");
        }
        StudyId study = new StudyId("reproduce-" + ProcessHandle.current().pid());
        Path folder = places.home().resolve("studies").resolve(study.value());
        try {
            try {
                return of(bundle, study, progress);
            } finally {
                FileTree.discard(folder);
            }
        } catch (Preparation.Unprepared e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        } catch (WorkFailed | IOException e) {
            throw new Studies.Refused("Not reproduced: " + e.getMessage(), e);
        }
    }

    private Outcome of(Bundle bundle, StudyId study, Consumer<RunEvent> progress)
            throws Studies.Refused, Preparation.Unprepared, WorkFailed, IOException, InterruptedException {
        Mission mission = bundle.mission();
        Prepared prepared = new LocalPreparation(places).prepare(study, mission, progress);
        List<Item> items = new ArrayList<>(inputs(bundle, prepared));
        Recipe recipe = bundle.recipe().withPrecision(bundle.surroundings().precision());
        RunRequest request = new RunRequest(new RunId("reproduced"), study, mission, prepared.model(), prepared.splits(),
                new Work.Train(recipe), bundle.facts().device());
        WorkerSettings alike = alike(bundle.surroundings().threads());
        RunOutcome.Completed done = Rehearsal.carryOut(
                places.home(), new WorkerCommand(places.home(), alike), request, progress);
        Checkpoint checkpoint = Objects.requireNonNull(done.checkpoint(), "a training keeps its model");
        Map<String, String> weights = Bundles.weights(Path.of(checkpoint.path()));
        new TreeMap<>(bundle.facts().weights()).forEach((name, digest) ->
                items.add(new Item("weights " + name, digest, weights.getOrDefault(name, "missing"))));
        items.add(new Item("validation score", exact(bundle.facts().score()), exact(done.score())));
        return new Outcome(items, bundle.surroundings().differences(
                Surroundings.here(places.home(), alike, recipe.precision())));
    }

    /// With the bundle's number of threads, on which the order of sums depends, where this machine can
    /// bear it: more threads than processors are slow, not wrong.
    private WorkerSettings alike(int threads) {
        int bearable = Runtime.getRuntime().availableProcessors() * THREADS_A_PROCESSOR;
        return threads >= 1 && threads <= bearable
                ? new WorkerSettings(threads, settings.dedicated(), settings.heapMegabytes())
                : settings;
    }

    private static List<Item> inputs(Bundle bundle, Prepared prepared) throws Studies.Refused {
        List<Item> items = new ArrayList<>();
        String sources = bundle.mission().data().sources().stream().map(DataSource::location).collect(Collectors.joining(", "));
        items.add(same(new Item("base model " + prepared.model().name(), bundle.facts().base(),
                prepared.model().sha256()), prepared.model().path()));
        for (Split split : Split.values()) {
            String name = split.name().toLowerCase(Locale.ROOT) + " split";
            items.add(same(new Item(name, String.valueOf(bundle.facts().splits().get(split)),
                    prepared.splits().of(split).sha256()), "cut from " + sources));
        }
        return items;
    }

    private static Item same(Item item, String place) throws Studies.Refused {
        if (!item.same()) {
            throw new Studies.Refused("Not reproduced: the " + item.what() + " (" + place + ") is not the study's: its SHA-256 is "
                    + item.now() + ", it was " + item.before());
        }
        return item;
    }

    /// All digits: a rounded score could hide a difference.
    private static String exact(Score score) {
        return score.value() + " ± " + score.standardError() + " of " + score.n();
    }
}
