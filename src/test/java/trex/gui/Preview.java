package trex.gui;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import trex.gui.shell.WorkbenchOptions;
import trex.loop.StudyEvent;
import trex.model.ExperimentTree;
import trex.model.Metric;
import trex.model.NodeId;
import trex.model.Recipe;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Score;
import trex.model.StudySettings;
import trex.model.Verdict;

/// Opens the window on a scripted study, to look at: `Preview [picture.png seconds] [nodes]`.
public final class Preview {
    private Preview() {}

    public static void main(String[] arguments) throws InterruptedException {
        FakeStudies studies = new FakeStudies();
        if (arguments.length < 3) {
            FakeStudy study = studies.study(Samples.mission(), StudySettings.DEFAULT);
            Thread.ofVirtual().start(() -> play(study));
        } else {
            FakeStudy study = studies.study(Samples.mission(), StudySettings.DEFAULT);
            ExperimentTree tree = Samples.tree(Integer.parseInt(arguments[2]), 7);
            study.addAll(tree.nodes());
        }
        WorkbenchOptions options = WorkbenchOptions.DEFAULT.withMemory(Path.of(System.getProperty("memory", "target/preview.properties"))).withMissions(Path.of("ft-bench"));
        if (arguments.length > 1) {
            options = options.withSnapshot(new WorkbenchOptions.Snapshot(
                    Path.of(arguments[0]), 100, Integer.parseInt(arguments[1]), true));
        }
        WorkbenchApp.launch(studies, new FakeModels(), new FakeSight(), options);
        System.exit(0);
    }

    private static void play(FakeStudy study) {
        RunId run = script(study, 1);
        try {
            for (int i = 2; i <= 400; i++) {
                Thread.sleep(20);
                step(study, run, i);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A study in the middle: best, failed, rejected, running and waiting nodes; the run has `steps`
    /// of its 480 steps behind it.
    static RunId script(FakeStudy study, int steps) {
        Recipe start = Samples.recipe();
        study.add(Samples.baseline(0.77));
        study.add(Samples.completed(1, 0, Samples.strategy("The playbook's default draft: enough steps at a moderate rate.", start), 0.836));
        study.add(Samples.completed(2, 0, Samples.strategy("More data helps more than more passes.", Samples.with(start, "examples", "3072")), 0.872));
        study.add(Samples.completed(3, 0, Samples.strategy("A quarter of the rate is safer on short answers.", Samples.with(start, "learningRate", "2.5e-4")), 0.811));
        study.add(Samples.completed(4, 2, Samples.strategy("A higher rank holds more of a larger set.", Samples.with(start, "examples", "3072", "rank", "16", "alpha", "32")), 0.884));
        study.add(Samples.completed(5, 2, Samples.strategy("Balanced answers remove a bias.", Samples.with(start, "examples", "3072", "balance", "yes")), 0.869));
        NodeId failed = study.propose(1, Samples.strategy("A rate ten times as high reaches the same loss sooner.", Samples.with(start, "learningRate", "1e-2")));
        study.decide(failed, new Verdict.Approved(study.node(failed).strategy()));
        study.begin(failed);
        study.fail(failed, "the loss was no longer a finite number at step 38");
        NodeId rejected = study.propose(4, Samples.strategy("Train every weight.", Samples.with(start, "method", "full")));
        study.decide(rejected, new Verdict.Rejected("Too slow on this machine; keep to adapters."));
        NodeId running = study.propose(4, Samples.strategy("Dropping the shortest rows leaves whole sentences to learn from.",
                Samples.with(start, "examples", "3072", "rank", "16", "alpha", "32", "dropShortest", "0.3")));
        study.decide(running, new Verdict.Approved(study.node(running).strategy()));
        List<RunId> runs = study.begin(running);
        NodeId waiting = study.propose(5, Samples.strategy("A linear decay with a longer warm-up keeps late steps useful.",
                Samples.with(start, "examples", "4096", "rank", "16", "schedule", "linear", "warmupRatio", "0.12"),
                Samples.with(start, "examples", "4096", "rank", "32", "schedule", "linear", "warmupRatio", "0.12")));
        study.say(new StudyEvent.Message(StudyEvent.Level.WARNING, waiting + "  its cost is an estimate from #2"));
        for (int i = 1; i <= steps; i++) {
            step(study, runs.getFirst(), i);
        }
        return runs.getFirst();
    }

    private static void step(FakeStudy study, RunId run, int step) {
        Random random = new Random(step);
        double noise = 0.16 * random.nextGaussian() * Math.exp(-step / 300.0);
        study.step(run, step, 480, 0.25 + 2.1 * Math.exp(-step / 60.0) + noise);
        if (step % 120 == 0) {
            study.progress(run, new RunEvent.Validated(step, Score.proportion(Metric.ACCURACY, 320 + step / 12, 400)));
        }
    }
}
