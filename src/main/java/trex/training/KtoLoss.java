package trex.training;

import java.util.List;
import trex.model.Procedure.Kto;

/// The mean loss of rated answers (Ethayarajh et al. 2024, arXiv 2402.01306, equation 8), as TRL has
/// it: `weight (1 - sigmoid(beta (r - z)))` of a good answer and `weight (1 - sigmoid(beta (z - r)))` of
/// a bad one, where `r` is the ratio to the reference and `z` how far the model has moved from it.
///
/// @param slopes derivative by each answer's log-likelihood; `z` is taken for a constant
record KtoLoss(double loss, double[] slopes) {
    /// @param moved mean ratio of answers behind prompts that they do not answer, an estimate of the
    ///     divergence from the reference; below 0 it is taken for 0
    static KtoLoss of(Kto kto, List<Scored> answers, boolean[] good, double moved) {
        double z = Math.max(0, moved);
        double loss = 0;
        double[] slopes = new double[good.length];
        for (int i = 0; i < good.length; i++) {
            double weight = (good[i] ? kto.desirable() : kto.undesirable()) / good.length;
            double sign = good[i] ? 1 : -1;
            double value = PairLoss.sigmoid(sign * kto.beta() * (answers.get(i).ratio() - z));
            loss += weight * (1 - value);
            slopes[i] = -weight * sign * kto.beta() * value * (1 - value);
        }
        return new KtoLoss(loss, slopes);
    }
}
