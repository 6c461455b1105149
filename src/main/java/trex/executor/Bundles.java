package trex.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import trex.fetch.Places;
import trex.json.Json;
import trex.loop.Studies;
import trex.model.Checkpoint;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.Precision;
import trex.model.Prepared;
import trex.model.Run;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.Split;
import trex.model.Study;
import trex.model.StudyResult;
import trex.model.Work;
import trex.training.CheckpointFiles;

/// Packs studies into bundles: everything to do the best training again and to judge the search, but
/// neither data nor weights, nor the path of the person's home. The environment is that of the machine
/// that packs: the one that trained, unless the home folder was carried elsewhere.
public final class Bundles {
    private final Places places;
    private final WorkerSettings settings;
    private final PortablePaths paths;

    public Bundles(Places places, WorkerSettings settings) {
        this.places = places;
        this.settings = settings;
        this.paths = PortablePaths.of(places);
    }

    /// Writes the study's bundle, in the place of an older file.
    ///
    /// @throws Studies.Refused where the study has no finished training, its model was changed, or the
    ///     file cannot be written
    public void write(Study study, ExperimentTree tree, Path file) throws Studies.Refused {
        Prepared prepared = study.prepared();
        Best best = best(study, tree);
        if (prepared == null || best == null) {
            throw new Studies.Refused("Study " + study.id() + " has no finished training yet, so there is nothing to bundle");
        }
        try {
            Path model = Export.whole(best.checkpoint());
            Map<String, String> members = members(study, tree, best, CheckpointFiles.precision(model));
            Map<String, String> digests = new TreeMap<>();
            members.forEach((name, text) -> digests.put(name, FolderDigest.ofText(text)));
            Map<Split, String> splits = new EnumMap<>(Split.class);
            for (Split split : Split.values()) {
                splits.put(split, prepared.splits().of(split).sha256());
            }
            Map<String, String> whole = new LinkedHashMap<>();
            whole.put(BundleFile.FACTS, json(new Bundle.Facts(Bundle.Facts.FORM, study.id().value(),
                    best.node().id().value(), best.run().id().value(), study.settings().device(),
                    prepared.model().sha256(), splits, weights(model), best.outcome().score(), digests)));
            whole.putAll(members);
            BundleFile.write(file, whole);
        } catch (WorkFailed e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Studies.Refused("The bundle " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private Map<String, String> members(Study study, ExperimentTree tree, Best best, Precision precision)
            throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        members.put(BundleFile.MISSION, json(study.mission()));
        members.put(BundleFile.RECIPE, json(best.recipe()));
        members.put(BundleFile.ENVIRONMENT, json(Surroundings.here(places.home(), settings, precision)));
        members.put(BundleFile.TREE, json(tree));
        for (Node node : tree.nodes()) {
            for (Run run : node.runs()) {
                if (run.work() instanceof Work.Train train) {
                    members.put("recipes/" + run.id().value() + ".json", json(train.recipe()));
                }
                members.put("metrics/" + run.id().value() + ".jsonl", metrics(study, run));
            }
        }
        return members;
    }

    private String metrics(Study study, Run run) throws IOException {
        JobFolder job = JobFolder.of(places.home(), study.id(), run.id());
        StringBuilder lines = new StringBuilder();
        if (java.nio.file.Files.isDirectory(job.path())) {
            for (RunEvent event : job.events()) {
                lines.append(Json.mapper().writeValueAsString(
                        paths.packed(Json.mapper().valueToTree(new Line(event)).path("event")))).append('\n');
            }
        }
        return lines.toString();
    }

    /// Keeps an event's kind: its declared type carries it.
    private record Line(RunEvent event) {}

    /// Of the files of weights; a checkpoint's notes are none.
    static Map<String, String> weights(Path model) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (Path file : FolderDigest.files(model)) {
            if (file.toString().endsWith(".safetensors")) {
                digests.put(String.valueOf(file.getFileName()), FolderDigest.ofFile(file));
            }
        }
        return digests;
    }

    private String json(Object value) throws JsonProcessingException {
        return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(
                paths.packed(Json.mapper().valueToTree(value))) + "\n";
    }

    /// The training that made the named model; where none is named, the best so far.
    private static @Nullable Best best(Study study, ExperimentTree tree) {
        StudyResult result = study.result();
        StudyResult.Best named = result == null ? null : result.best();
        if (named != null) {
            Node node = tree.node(named.node());
            for (Run run : node.runs()) {
                Best found = Best.of(node, run);
                if (found != null && found.checkpoint().equals(named.checkpoint())) {
                    return found;
                }
            }
        }
        Best best = null;
        for (Node node : tree.nodes()) {
            Run run = node.bestRun();
            Best found = run == null ? null : Best.of(node, run);
            if (found != null && (best == null || found.outcome().score().beats(best.outcome().score()))) {
                best = found;
            }
        }
        return best;
    }

    /// A finished training.
    private record Best(
            Node node, Run run, trex.model.Recipe recipe, RunOutcome.Completed outcome, Checkpoint checkpoint) {
        static @Nullable Best of(Node node, Run run) {
            return run.work() instanceof Work.Train(var recipe)
                            && run.outcome() instanceof RunOutcome.Completed done && done.checkpoint() != null
                    ? new Best(node, run, recipe, done, done.checkpoint())
                    : null;
        }
    }
}
