package trex.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trex.loop.Steering;
import trex.loop.Studies;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.ResearchDirection;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudySettings;

/// `trex steer`: changes the search of a stopped study; it obeys when it goes on.
@Command(name = "steer", description = "Change the search of a stopped study: its next choice obeys.")
final class SteerCommand implements Callable<Integer> {
    private static final String PERSON = "the person";

    private final Wiring wiring;
    private final Terminal terminal;

    @Parameters(index = "0", arity = "0..1", paramLabel = "STUDY",
            description = "The study (default: the newest that is not finished).")
    private @Nullable String id;

    @Option(names = "--prune", paramLabel = "NODE", description = "Cut a node and all below it; may be repeated.")
    private List<String> prune = new ArrayList<>();

    @Option(names = "--restore", paramLabel = "NODE", description = "Take a cut node back; may be repeated.")
    private List<String> restore = new ArrayList<>();

    @Option(names = "--boost", paramLabel = "NODE", description = "The next proposal departs from this node.")
    private @Nullable String boost;

    @Option(names = "--fork", paramLabel = "NODE",
            description = "Queue an own strategy below this node: its recipe, changed as --set says.")
    private @Nullable String fork;

    @Option(names = "--set", paramLabel = "FIELD=VALUE", description = "A field of the forked recipe; may be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--because", paramLabel = "TEXT", description = "What the own strategy is expected to show.")
    private String because = "The person's own strategy.";

    @Option(names = "--policy", paramLabel = "NAME", description = "Another search policy.")
    private @Nullable String policy;

    @Option(names = "--exploration", paramLabel = "C", description = "Another constant of the policy.")
    private @Nullable Double exploration;

    @Option(names = "--pruner", paramLabel = "NAME", description = "Another rule that stops trainings early.")
    private @Nullable String pruner;

    @Mixin private final HomeOption home = new HomeOption();

    SteerCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused {
        if (fork == null && !set.isEmpty()) {
            throw new Studies.Refused("--set changes the recipe of an own strategy: name the node below which it goes with --fork");
        }
        Path folder = home.or(wiring.home());
        try (Studies studies = wiring.homes().open(folder)) {
            Study study = new StudyChoice(studies, folder).unfinished(id);
            steer(studies.steering(study.id()), study, studies.tree(study.id()));
            terminal.out().println("It obeys when it goes on: trex resume " + study.id() + home.again());
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }

    private void steer(Steering steering, Study study, ExperimentTree tree) throws Studies.Refused {
        for (String node : prune) {
            steering.prune(node(tree, study, node), true);
            say("pruned " + node);
        }
        for (String node : restore) {
            steering.prune(node(tree, study, node), false);
            say("restored " + node);
        }
        if (boost != null) {
            steering.boost(node(tree, study, boost));
            say("the next proposal departs from " + boost);
        }
        if (fork != null) {
            Node parent = NodeChoice.node(tree, study, fork);
            NodeId queued = steering.propose(parent.id(), own(tree.recipe(parent.id()).orElse(study.mission().start())));
            say("queued " + queued + " below " + parent.id());
        }
        StudySettings changed = settings(study.settings());
        if (!changed.equals(study.settings())) {
            steering.change(changed);
            say("policy " + changed.policy() + ", constant " + changed.exploration() + ", pruner " + changed.pruner());
        }
    }

    private Strategy own(Recipe recipe) {
        Recipe changed = recipe;
        for (Map.Entry<String, String> field : set.entrySet()) {
            changed = RecipeField.named(field.getKey()).with(changed, field.getValue());
        }
        return new Strategy(ResearchDirection.ADJUST_TRAINING, because, List.of(), List.of(changed), PERSON);
    }

    private StudySettings settings(StudySettings now) {
        return new StudySettings(now.approval(), policy == null ? now.policy() : policy,
                exploration == null ? now.exploration() : exploration, now.parallel(), now.device(),
                pruner == null ? now.pruner() : pruner);
    }

    private static NodeId node(ExperimentTree tree, Study study, String word) throws Studies.Refused {
        return NodeChoice.node(tree, study, word).id();
    }

    private void say(String done) {
        terminal.out().println(done);
    }
}
