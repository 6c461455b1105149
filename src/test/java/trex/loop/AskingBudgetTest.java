package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trex.model.Budget;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Spending;
import trex.model.StudyId;
import trex.model.StudyState;
import trex.model.Work;

/// What a language model is asked for counts like what is trained.
@Timeout(60)
class AskingBudgetTest {
    private static final long ASKED = 2_400;
    private static final double ASKING = 12;

    private final Laboratory lab = new Laboratory();

    private static Recipe asking(int round) {
        Recipe plain = Fixtures.recipe(round * 1e-3, 100);
        List<DataOperator> operators = new ArrayList<>(plain.data().operators());
        operators.addFirst(new DataOperator.ScoreRows("clear", round));
        return plain.withData(new DataRecipe(operators));
    }

    private StudyId study(Budget budget) {
        Mission plain = Fixtures.mission(3, 1_000);
        lab.researcher = new ScriptedResearcher(
                tree -> Fixtures.strategy("Ask, " + tree.nodes().size() + ".", asking(tree.nodes().size())));
        return lab.create(new Mission(plain.name(), plain.goal(), plain.baseModel(), plain.data(), plain.metric(), budget,
                plain.space(), plain.start(), plain.seed()));
    }

    /// The first training pays, the others find the answers.
    private static RunOutcome paidOnce(RunRequest request) {
        RunOutcome outcome = Laboratory.outcome(request);
        return request.id().value().endsWith("n1v0") ? outcome.withCost(outcome.cost().withAsking(ASKED, ASKING)) : outcome;
    }

    @Test
    void whatALanguageModelIsPaidIsSettledOnceAndNotExpectedAgain() {
        lab.runner = new ScriptedRunner(AskingBudgetTest::paidOnce);
        StudyId id = study(new Budget(3, 1_000, 5_000, 1_000_000, 0, 0, 0));
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);
        Spending spent = lab.store.study(id).spending();
        long trainings = lab.runner.executions().keySet().stream().filter(run -> run.value().contains("v0")).count();
        assertThat(spent.spentTokens()).isEqualTo(ASKED + trainings);
        assertThat(spent.spentSeconds()).isGreaterThan(ASKING);

        Forecast known = forecast(id, asking(9));
        assertThat(known.tokens()).as("other least points, the same questions").isCloseTo(1, within(1e-9));
        Recipe other = asking(2).withData(new DataRecipe(List.of(new DataOperator.ScoreRows("short", 5),
                new DataOperator.Sample(100))));
        Forecast unknown = forecast(id, other);
        assertThat(unknown.tokens()).isCloseTo(1 + 4_000 * (400 + 5 + 64 + 8) / 4.0, within(1e-6));
        assertThat(unknown.seconds() - known.seconds()).isCloseTo((unknown.tokens() - 1) * ASKING / ASKED, within(1e-6));
        assertThat(unknown.fits()).as("9 of 10 seconds would go for asking").isFalse();
    }

    private Forecast forecast(StudyId id, Recipe recipe) {
        return Forecast.of(lab.store.study(id), lab.store.tree(id), Fixtures.strategy("Ask.", recipe), lab.disk);
    }

    @Test
    void anAskingThatDoesNotFitIsRefusedBeforeAnyoneIsAsked() {
        lab.runner = new ScriptedRunner(AskingBudgetTest::paidOnce);
        StudyId id = study(new Budget(3, 1_000, 5_000, 100_000, 0, 0, 0));
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);
        Node first = lab.store.tree(id).node(new NodeId(1));
        assertThat(first.state()).isEqualTo(NodeState.SKIPPED);
        assertThat(first.note()).matches("does not fit the budget: needs about 477000 tokens, \\d+ are left for rounds");
        assertThat(lab.store.study(id).spending().spentTokens()).isZero();
    }

    @Test
    void askingIsReservedAndStoppedWhereTheTokensEnd() {
        List<Double> reserved = new ArrayList<>();
        lab.runner = new ScriptedRunner(AskingBudgetTest::paidOnce)
                .holding(request -> request.work() instanceof Work.Train)
                .saying(request -> request.work() instanceof Work.Train ? List.of(new RunEvent.Asked(900_000)) : List.of());
        lab.also = event -> {
            if (event instanceof StudyEvent.SpendingChanged(Spending now)) {
                reserved.add(now.reservedTokens());
            }
        };
        StudyId id = study(new Budget(3, 1_000, 5_000, 800_000, 0, 0, 0));
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);
        assertThat(reserved).contains(477_000.0);
        assertThat(lab.store.journal(id)).extracting(StudyStore.JournalLine::text).anyMatch(line -> line.matches(
                "node #1 is stopped after 901600 tokens, 477000 tokens were expected: the budget has no more for it"));
    }
}
