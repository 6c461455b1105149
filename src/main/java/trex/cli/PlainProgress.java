package trex.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import trex.loop.StudyEvent;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.StudyId;

/// Progress as lines that are never drawn over: for logs and pipes. A node speaks when its state
/// changes, a run at each phase and about every ten seconds of its training.
final class PlainProgress implements ProgressDisplay {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final InstantSource clock;
    private final Mission mission;
    private final ProgressFrame frame;
    private final Map<NodeId, NodeState> known = new HashMap<>();
    private final Map<RunId, Instant> spoke = new HashMap<>();
    private final Map<RunId, String> phases = new HashMap<>();

    PlainProgress(Terminal terminal, StudyId study, Mission mission, InstantSource clock) {
        this.terminal = terminal;
        this.mission = mission;
        this.frame = new ProgressFrame(study, mission);
        this.clock = clock;
    }

    @Override
    public synchronized void show(StudyEvent event, StudyPicture picture) {
        switch (event) {
            case StudyEvent.TreeChanged(ExperimentTree tree) -> tree.nodes().forEach(node -> node(tree, node));
            case StudyEvent.RunProgress(RunId run, RunEvent said) -> run(run, said, picture);
            case StudyEvent.StateChanged _ -> print(frame.headline(picture));
            case StudyEvent.Message message -> print(ProgressFrame.message(message));
            case StudyEvent.SpendingChanged _, StudyEvent.AwaitingVerdict _, StudyEvent.Finished _ -> {}
        }
    }

    private void node(ExperimentTree tree, Node node) {
        if (node.state() == known.put(node.id(), node.state())) {
            return;
        }
        var score = node.score();
        print("  " + node.id() + (node.parent() == null ? "" : " from " + node.parent()) + "  "
                + Wording.word(node.state())
                + (score == null ? "" : "  " + Wording.score(score))
                + "  " + Wording.attempt(tree, node, mission)
                + (node.note().isEmpty() ? "" : "  – " + node.note()));
    }

    private void run(RunId id, RunEvent event, StudyPicture picture) {
        RunPicture run = picture.runs().get(id);
        if (run == null) {
            return;
        }
        switch (event) {
            case RunEvent.Phase phase -> {
                if (!phase.text().equals(phases.put(id, phase.text()))) {
                    print(frame.run(run, clock.instant()));
                }
            }
            case RunEvent.Step step -> {
                Instant now = clock.instant();
                Instant last = spoke.get(id);
                if (last == null || !now.isBefore(last.plus(PAUSE)) || step.step() == step.steps()) {
                    spoke.put(id, now);
                    print(frame.run(run, now));
                }
            }
            case RunEvent.Validated _ -> print(frame.run(run, clock.instant()));
            case RunEvent.Notice(String text) -> print("  " + id + "  " + text);
            case RunEvent.Asked _ -> { }
        }
    }

    private void print(String line) {
        terminal.out().println(line.replaceAll("\\p{Cntrl}", " "));
    }

    @Override
    public void pause() {}

    @Override
    public void go() {}

    @Override
    public void close() {}
}
