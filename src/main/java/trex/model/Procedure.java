package trex.model;

/// What a training makes likelier.
public sealed interface Procedure {
    /// The next token of labelled examples.
    record Supervised() implements Procedure {}

    /// The next token of plain text, packed into blocks of the recipe's greatest length.
    record ContinuedPretraining() implements Procedure {}

    /// A chosen answer over a rejected one.
    ///
    /// @param beta how strongly the trained model is held, `0.001..100`
    /// @param margin lead that SimPO asks for, `0..10`; without a meaning in the others
    record Preference(PreferenceLoss loss, double beta, double margin) implements Procedure {
        public Preference {
            refuse("beta", beta, 0.001, 100);
            refuse("margin", margin, 0, 10);
        }
    }

    /// Answers that are good or bad on their own (KTO, Ethayarajh et al. 2024, arXiv 2402.01306).
    ///
    /// @param beta how strongly the trained model is held, `0.001..100`
    /// @param desirable weight of good answers, `0..100`
    /// @param undesirable weight of bad answers, `0..100`
    record Kto(double beta, double desirable, double undesirable) implements Procedure {
        public Kto {
            refuse("beta", beta, 0.001, 100);
            refuse("desirable", desirable, 0, 100);
            refuse("undesirable", undesirable, 0, 100);
        }
    }

    private static void refuse(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException("procedure: " + field + " must be " + min + ".." + max + ", got " + value);
        }
    }
}
