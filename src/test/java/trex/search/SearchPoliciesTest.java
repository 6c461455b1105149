package trex.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;

class SearchPoliciesTest {
    static List<String> ids() {
        return SearchPolicies.ids();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aPolicyKeepsItsName(String id) {
        assertThat(SearchPolicies.named(id, SearchPolicies.usualExploration(id), 1).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aPolicySaysHowProposalsAreMade(String id) {
        int batch = id.equals(TrexUct.ID) ? 3 : 1;
        assertThat(SearchPolicies.named(id, 1, 1).proposing().variants()).isEqualTo(batch);
        assertThat(SearchPolicies.named(id, 1, 1).proposing().drafts()).isEqualTo(!id.startsWith("flat"));
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> SearchPolicies.named("alpha-go", 1, 1))
                .hasMessageContaining("\"alpha-go\"").hasMessageContaining("rank-puct").hasMessageContaining("flat-gp");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void onlyScoredNodesOutsidePrunedSubtreesAreEverChosen(String id) {
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            ExperimentTree tree = anyTree(random);
            Choice choice = SearchPolicies.named(id, random.nextDouble() * 2, i).select(tree);
            Node chosen = tree.node(choice.node());
            assertThat(chosen.id().equals(NodeId.BASELINE)
                            || (chosen.state() == NodeState.COMPLETED && !tree.isPruned(chosen.id())))
                    .as("%s chose %s, %s", id, chosen.id(), chosen.state())
                    .isTrue();
            assertThat(choice.reason()).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theSameTreeGetsTheSameChoice(String id) {
        ExperimentTree tree = anyTree(new Random(9));
        assertThat(SearchPolicies.named(id, 1, 3).select(tree)).isEqualTo(SearchPolicies.named(id, 1, 3).select(tree));
    }

    private static ExperimentTree anyTree(Random random) {
        Trees trees = Trees.baseline(0.3);
        int size = random.nextInt(20);
        for (int i = 0; i < size; i++) {
            int parent = random.nextInt(trees.size());
            switch (random.nextInt(6)) {
                case 0 -> trees.failed(parent);
                case 1 -> trees.rejected(parent);
                case 2 -> trees.running(parent);
                default -> trees.completed(parent, Math.round(random.nextDouble() * 10) / 10.0);
            }
            if (random.nextInt(8) == 0) {
                trees.pruned(random.nextInt(trees.size()));
            }
        }
        return trees.tree();
    }

    @Test
    void draftsComeFirstAndFailedOnesAreReplaced() {
        SearchPolicy policy = SearchPolicies.named(GreedyBestFirst.ID, 0, 1);
        Trees trees = Trees.baseline(0.3).completed(0, 0.9).completed(0, 0.8).completed(0, 0.7).running(0).failed(0);
        assertThat(policy.select(trees.tree()).node()).isEqualTo(NodeId.BASELINE);
        assertThat(policy.select(trees.tree()).reason()).endsWith("try 5 different recipes on the base model, so far 4");
        assertThat(policy.select(trees.completed(0, 0.1).tree()).node()).isEqualTo(new NodeId(1));
    }

    @Test
    void draftsThatAlwaysFailDoNotGoOnForEver() {
        Trees trees = Trees.baseline(0.3).completed(0, 0.9);
        for (int i = 0; i < 9; i++) {
            trees.failed(0);
        }
        assertThat(SearchPolicies.named(GreedyBestFirst.ID, 0, 1).select(trees.tree()).node()).isEqualTo(new NodeId(1));
    }

    @Test
    void uctAddsTheMeanRewardAndTheBonus() {
        // rewards 0, .5, 1, .75 with visits 4, 2, 1, 1
        ExperimentTree tree = Trees.baseline(0.4).completed(0, 0.6).completed(0, 0.8).completed(1, 0.7).tree();
        Choice choice = new TrexUct(1.4).select(tree);
        Choice.Candidate one = candidate(choice, 1);
        assertThat(one.visits()).isEqualTo(2);
        assertThat(one.value()).isCloseTo((0.5 + 0.75) / 2, within(1e-12));
        assertThat(one.bonus()).isCloseTo(1.4 * Math.sqrt(Math.log(4) / 2), within(1e-12));
        assertThat(candidate(choice, 3).bonus()).isCloseTo(1.4 * Math.sqrt(Math.log(2)), within(1e-12));
        assertThat(candidate(choice, 2).index()).isCloseTo(1 + 1.4 * Math.sqrt(Math.log(4)), within(1e-12));
        assertThat(choice.node()).isEqualTo(new NodeId(2));
    }

    @Test
    void uctMaxDescendsToTheBestAndWidensWithTheRootOfVisits() {
        assertThat(UctMax.allowedChildren(1)).isEqualTo(1);
        assertThat(UctMax.allowedChildren(8)).isEqualTo(2);
        assertThat(UctMax.allowedChildren(9)).isEqualTo(3);
        // the baseline may have 2 children after 4 visits and has them; #2 is better and has none
        ExperimentTree tree = Trees.baseline(0.4).completed(0, 0.6).completed(0, 0.8).completed(1, 0.7).tree();
        assertThat(new UctMax(0.1).select(tree).node()).isEqualTo(new NodeId(2));
    }

    @Test
    void greedyTakesTheBestAndTheChainTakesTheLast() {
        ExperimentTree tree = Trees.baseline(0.4).completed(0, 0.8).completed(0, 0.6).failed(2).tree();
        assertThat(new GreedyBestFirst().select(tree).node()).isEqualTo(new NodeId(1));
        assertThat(new Sequential().select(tree).node()).isEqualTo(new NodeId(2));
        assertThat(Flat.random().select(tree).node()).isEqualTo(NodeId.BASELINE);
    }

    @Test
    void theBeliefOfAbMctsIsThePublishedPosterior() {
        AbMcts.Belief belief = AbMcts.Belief.of(List.of(0.4, 0.8));
        assertThat(belief.mean()).isCloseTo(2 * 0.6 / 3, within(1e-12));
        assertThat(belief.kappa()).isEqualTo(3);
        assertThat(belief.nu()).isEqualTo(3);
        assertThat(belief.scale()).isCloseTo((0.1 + 0.08 + 2 * 0.36 / 3) / 3, within(1e-12));
    }

    private static Choice.Candidate candidate(Choice choice, int node) {
        return choice.candidates().stream().filter(c -> c.node().value() == node).findFirst().orElseThrow();
    }
}
