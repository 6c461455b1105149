package trex.cli;

import java.time.Duration;
import java.util.Optional;
import trex.loop.StudyControl;
import trex.loop.StudyEvent;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeState;
import trex.model.Strategy;
import trex.model.Verdict;

/// Asks the person at the terminal for a verdict.
final class TerminalGate {
    private static final Duration GLANCE = Duration.ofMillis(300);

    private final Terminal terminal;
    private final StudyEar ear;
    private final ProposalText text;
    private final Mission mission;

    TerminalGate(Terminal terminal, Mission mission, StudyEar ear) {
        this.terminal = terminal;
        this.ear = ear;
        this.text = new ProposalText(mission);
        this.mission = mission;
    }

    /// Asks until there is a verdict, the study ends, or the proposal was decided without the person.
    void ask(StudyEvent.AwaitingVerdict question, StudyControl control) throws InterruptedException {
        Node node = question.proposal();
        Strategy strategy = node.strategy();
        print(question, strategy, control);
        while (stillOpen(node)) {
            Optional<String> line = terminal.typed().next(GLANCE);
            if (line.isEmpty()) {
                if (terminal.typed().ended()) {
                    terminal.err().println("Nobody is there to answer for " + node.id()
                            + " (the input has ended), so the study stops; --approve auto needs no answers.");
                    control.stop();
                    return;
                }
                continue;
            }
            switch (Answer.of(line.get())) {
                case Answer.Approve _ -> {
                    decide(node, new Verdict.Approved(strategy), control);
                    return;
                }
                case Answer.Reject(String reason) -> {
                    decide(node, new Verdict.Rejected(reason), control);
                    return;
                }
                case Answer.Stop _ -> {
                    control.stop();
                    return;
                }
                case Answer.Unclear(String why) -> prompt(why);
                case Answer.Edit edit -> strategy = edited(edit, question, strategy, control);
            }
        }
    }

    private Strategy edited(Answer.Edit edit, StudyEvent.AwaitingVerdict question, Strategy strategy,
            StudyControl control) {
        try {
            Strategy changed = edit.of(strategy);
            mission.refuseForbidden(changed.variants(), strategy.variants());
            print(question, changed, control);
            return changed;
        } catch (IllegalArgumentException e) {
            prompt(String.valueOf(e.getMessage()));
            return strategy;
        }
    }

    private void decide(Node node, Verdict verdict, StudyControl control) {
        try {
            control.decide(node.id(), verdict);
        } catch (IllegalStateException e) {
            terminal.out().println(node.id() + " was already decided.");
        }
    }

    private boolean stillOpen(Node node) {
        ExperimentTree tree = ear.picture().tree();
        return !ear.ended()
                && (node.id().value() >= tree.nodes().size() || tree.node(node.id()).state() == NodeState.PROPOSED);
    }

    private void print(StudyEvent.AwaitingVerdict question, Strategy strategy, StudyControl control) {
        text.of(ear.picture().tree(), question.proposal(), strategy, control.forecast(strategy))
                .forEach(line -> terminal.out().println(line.replaceAll("\\p{Cntrl}", " ")));
        prompt(Answer.HELP);
    }

    private void prompt(String words) {
        terminal.out().println("  " + words);
        terminal.out().print("> ");
        terminal.out().flush();
    }
}
