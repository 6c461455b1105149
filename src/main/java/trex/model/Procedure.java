package trex.model;

import java.util.Locale;
import java.util.Optional;

/// What a training makes likelier.
public sealed interface Procedure {
    /// The next token of labelled examples; of compared answers, of the chosen one.
    record Supervised() implements Procedure {}

    /// The next token of plain text (or of prompts with their answers), packed into blocks of the
    /// recipe's greatest length.
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

    /// Answers that are good or bad on their own (KTO, Ethayarajh et al. 2024, arXiv 2402.01306);
    /// of compared answers, one is good and one is bad.
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

    /// The name on screen and in recipe fields: that of the loss for a preference.
    default String id() {
        return switch (this) {
            case Supervised _ -> "supervised";
            case ContinuedPretraining _ -> "continued_pretraining";
            case Preference(var loss, _, _) -> loss.name().toLowerCase(Locale.ROOT);
            case Kto _ -> "kto";
        };
    }

    /// Why rows that tell this cannot be learnt from so; nothing where they can.
    default Optional<String> refusal(RowForm form) {
        boolean fits = switch (this) {
            case Supervised _ -> form == RowForm.ANSWERED || form == RowForm.COMPARED;
            case ContinuedPretraining _ -> form == RowForm.TEXT || form == RowForm.ANSWERED;
            case Preference _ -> form == RowForm.COMPARED;
            case Kto _ -> form == RowForm.RATED || form == RowForm.COMPARED;
        };
        return fits ? Optional.empty() : Optional.of("the procedure " + id() + " cannot learn from rows with "
                + form.words() + "; choose " + switch (form) {
                    case ANSWERED -> "supervised or continued_pretraining, or give data.template.rejected or rating";
                    case COMPARED -> "supervised, dpo, ipo, simpo or kto";
                    case RATED -> "kto";
                    case TEXT -> "continued_pretraining";
                });
    }

    private static void refuse(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException("procedure: " + field + " must be " + min + ".." + max + ", got " + value);
        }
    }
}
