package trex.training;

/// An answer under the model and under the untrained one.
///
/// @param logLikelihood sum over its tokens, in nats
/// @param reference the same by the untrained model
/// @param tokens of the answer, its end included
record Scored(double logLikelihood, double reference, int tokens) {
    /// How much likelier it has become, in nats.
    double ratio() {
        return logLikelihood - reference;
    }

    /// A token, on average.
    double meanRatio() {
        return ratio() / tokens;
    }

    /// A token, on average.
    double meanLogLikelihood() {
        return logLikelihood / tokens;
    }
}
