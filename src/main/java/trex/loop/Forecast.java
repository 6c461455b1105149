package trex.loop;

import trex.model.Budget;
import trex.model.Mission;
import trex.model.Prepared;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.ExperimentTree;

/// What carrying a strategy out would take, and what would then be left of the budget.
///
/// @param seconds of computing; NaN while nothing comparable has run
/// @param tokens processed in training and asked of a language model; NaN while nothing comparable has run
/// @param price of the seconds, in the currency of the budget; NaN where they are
/// @param secondsLeft for rounds afterwards, at least 0; NaN where `seconds` is
/// @param tokensLeft for rounds afterwards, at least 0; infinite without a limit, NaN where `tokens` is
/// @param disk bytes, most of them at a time; NaN where it is not known
/// @param diskLeft for rounds meanwhile, at least 0; infinite without a limit, NaN where `disk` is
/// @param fits whether it may be carried out
public record Forecast(
        double seconds, double tokens, double price, double secondsLeft, double tokensLeft, double disk,
        double diskLeft, boolean fits) {
    /// Where nothing can be said.
    public static final Forecast UNKNOWN =
            new Forecast(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, true);

    static Forecast of(Study study, ExperimentTree tree, Strategy strategy, Disk disk) {
        Prepared prepared = study.prepared();
        if (prepared == null) {
            return UNKNOWN;
        }
        Mission mission = study.mission();
        Plan plan = new Plan(mission, prepared, tree, study.spending(), InFlight.NONE, false,
                recipe -> disk.need(prepared.model(), recipe));
        Cost cost = plan.costs().round(strategy);
        Cost left = plan.ledger().forRounds();
        Budget budget = mission.budget();
        return new Forecast(cost.seconds(), cost.tokens(), budget.price(cost.seconds()),
                Math.max(0, left.seconds() - cost.seconds()), Math.max(0, left.tokens() - cost.tokens()),
                cost.disk(), Math.max(0, left.disk() - cost.disk()), plan.ledger().fits(cost));
    }
}
