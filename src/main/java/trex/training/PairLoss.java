package trex.training;

import trex.model.Procedure.Preference;

/// The loss of a chosen and a rejected answer, without label smoothing, as TRL has it.
///
/// @param chosenSlope derivative by the chosen answer's log-likelihood
/// @param rejectedSlope derivative by the rejected answer's log-likelihood
/// @param chosenReward what the loss rewards the chosen answer with
/// @param rejectedReward what the loss rewards the rejected answer with
record PairLoss(double loss, double chosenSlope, double rejectedSlope, double chosenReward, double rejectedReward) {
    static PairLoss of(Preference preference, Scored chosen, Scored rejected) {
        return switch (preference.loss()) {
            case DPO -> dpo(preference.beta(), chosen, rejected);
            case IPO -> ipo(preference.beta(), chosen, rejected);
            case SIMPO -> simpo(preference.beta(), preference.margin(), chosen, rejected);
        };
    }

    /// `-log sigmoid(beta (r_chosen - r_rejected))` of the ratios `r` to the reference (Rafailov et
    /// al. 2023, arXiv 2305.18290, equation 7).
    private static PairLoss dpo(double beta, Scored chosen, Scored rejected) {
        double lead = beta * (chosen.ratio() - rejected.ratio());
        double slope = -beta * sigmoid(-lead);
        return new PairLoss(softplus(-lead), slope, -slope, beta * chosen.ratio(), beta * rejected.ratio());
    }

    /// `(r_chosen - r_rejected - 1 / (2 beta))^2` (Azar et al. 2023, arXiv 2310.12036, equation 17) of
    /// the mean ratios of a token, as its authors advise for answers of different lengths.
    private static PairLoss ipo(double beta, Scored chosen, Scored rejected) {
        double distance = chosen.meanRatio() - rejected.meanRatio() - 1 / (2 * beta);
        double slope = 2 * distance;
        return new PairLoss(distance * distance, slope / chosen.tokens(), -slope / rejected.tokens(),
                beta * chosen.meanRatio(), beta * rejected.meanRatio());
    }

    /// `-log sigmoid(beta (l_chosen - l_rejected) - margin)` of the mean log-likelihoods `l` of a token
    /// (Meng et al. 2024, arXiv 2405.14734, equation 6).
    private static PairLoss simpo(double beta, double margin, Scored chosen, Scored rejected) {
        double lead = beta * (chosen.meanLogLikelihood() - rejected.meanLogLikelihood()) - margin;
        double slope = -beta * sigmoid(-lead);
        return new PairLoss(softplus(-lead), slope / chosen.tokens(), -slope / rejected.tokens(),
                beta * chosen.meanLogLikelihood(), beta * rejected.meanLogLikelihood());
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// `log(1 + e^x)`.
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
