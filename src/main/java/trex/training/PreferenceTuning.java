package trex.training;

import java.util.Arrays;
import java.util.List;
import trex.model.PreferenceLoss;
import trex.model.Procedure.Preference;
import trex.model.Recipe;
import trex.model.Rewards;

/// Preference tuning by DPO, IPO or SimPO: a chosen answer gains on a rejected one.
///
/// A step runs its pairs through the model twice: once to learn how likely the answers are, from
/// which the slope of the loss by each answer's log-likelihood follows (see [PairLoss]), and once
/// more to descend the log-likelihoods weighted by those slopes, which is the gradient of the loss.
/// The two answers of a pair share what they have in common, the prompt at least. The reference
/// model of DPO and IPO is the untrained model; SimPO has none.
public final class PreferenceTuning implements Objective {
    private final Preference preference;
    private final List<List<LabelledExample>> pairs;
    private final int atOnce;
    private final Reference reference;

    private PreferenceTuning(Preference preference, List<List<LabelledExample>> pairs, int atOnce) {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("there are no training examples");
        }
        this.preference = preference;
        this.pairs = pairs;
        this.atOnce = atOnce;
        this.reference = new Reference(pairs.size());
    }

    /// @param pairs longer ones than the recipe allows are cut
    public static PreferenceTuning of(Recipe recipe, Preference preference, List<AnswerPair> pairs) {
        return new PreferenceTuning(preference, pairs.stream().map(p -> p.labelled(recipe.maxLength())).toList(),
                recipe.optimization().batchSize());
    }

    @Override
    public int size() {
        return pairs.size();
    }

    @Override
    public String id(int example) {
        return pairs.get(example).getFirst().id();
    }

    @Override
    public List<LabelledExample> sequences() {
        return pairs.stream().flatMap(List::stream).toList();
    }

    @Override
    public void begin(int[] used, Passes untrained, Progression progress) throws Validator.Stopped {
        if (preference.loss() != PreferenceLoss.SIMPO) {
            reference.take(used, pairs::get, untrained, progress);
        }
    }

    @Override
    public Descended descend(int[] chosen, Passes model) {
        PackedUnits packed = PackedUnits.of(Arrays.stream(chosen).mapToObj(pairs::get).toList(), atOnce, model);
        double[] logLikelihoods = packed.logLikelihoods(model);
        double[] slopes = new double[logLikelihoods.length];
        double loss = 0;
        double right = 0;
        double margin = 0;
        for (int i = 0; i < chosen.length; i++) {
            PairLoss pair = PairLoss.of(preference, scored(chosen[i], 0, logLikelihoods[2 * i]),
                    scored(chosen[i], 1, logLikelihoods[2 * i + 1]));
            loss += pair.loss() / chosen.length;
            slopes[2 * i] = pair.chosenSlope() / chosen.length;
            slopes[2 * i + 1] = pair.rejectedSlope() / chosen.length;
            right += pair.chosenReward() > pair.rejectedReward() ? 1 : 0;
            margin += pair.chosenReward() - pair.rejectedReward();
        }
        packed.descend(slopes, model);
        return new Descended(loss, new Rewards(right / chosen.length, margin / chosen.length));
    }

    private Scored scored(int pair, int answer, double logLikelihood) {
        double untrained = preference.loss() == PreferenceLoss.SIMPO ? 0 : reference.of(pair)[answer];
        return new Scored(logLikelihood, untrained, pairs.get(pair).get(answer).labels());
    }
}
