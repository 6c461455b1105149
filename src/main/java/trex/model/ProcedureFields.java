package trex.model;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The recipe fields of a procedure.
final class ProcedureFields {
    /// What DPO, IPO and KTO begin with: the papers' usual value.
    private static final double BETA = 0.1;
    /// What SimPO begins with, by its paper: a stronger hold, for it rewards the mean of a token.
    private static final double SIMPO_BETA = 2;
    private static final double SIMPO_MARGIN = 1;

    static final List<RecipeField> ALL = List.of(
            new ChoiceField("procedure", "What is learnt: answers, plain text, or which answers are better.",
                    FieldGroup.PROCEDURE, List.of("supervised", "continued_pretraining", "dpo", "ipo", "simpo", "kto"),
                    r -> r.procedure().id(), (r, v) -> r.withProcedure(v.equals(r.procedure().id()) ? r.procedure() : of(v))),
            ChoiceField.of("lossOn", "Learn the completion only, or the prompt too.", FieldGroup.PROCEDURE, LossOn.class,
                    r -> r.procedure() instanceof Procedure.Supervised ? r.lossOn() : null, Recipe::withLossOn),
            number("beta", "How strongly a preference holds the model to where it began; less lets it move further.",
                    0.001, 100, true, ProcedureFields::beta, ProcedureFields::withBeta),
            number("margin", "Lead of the chosen answer's reward that SimPO asks for.", 0, 10, false,
                    p -> p instanceof Procedure.Preference(var loss, _, double margin) && loss == PreferenceLoss.SIMPO
                            ? margin : null,
                    (p, v) -> p instanceof Procedure.Preference(var loss, double beta, _) && loss == PreferenceLoss.SIMPO
                            ? new Procedure.Preference(loss, beta, v) : refused("margin", "simpo")),
            number("desirable", "Weight of good answers.", 0, 100, false,
                    p -> p instanceof Procedure.Kto kto ? kto.desirable() : null,
                    (p, v) -> p instanceof Procedure.Kto(double beta, _, double undesirable)
                            ? new Procedure.Kto(beta, v, undesirable) : refused("desirable", "kto")),
            number("undesirable", "Weight of bad answers.", 0, 100, false,
                    p -> p instanceof Procedure.Kto kto ? kto.undesirable() : null,
                    (p, v) -> p instanceof Procedure.Kto(double beta, double desirable, _)
                            ? new Procedure.Kto(beta, desirable, v) : refused("undesirable", "kto")));

    private ProcedureFields() {}

    private static Procedure of(String id) {
        return switch (id) {
            case "supervised" -> new Procedure.Supervised();
            case "continued_pretraining" -> new Procedure.ContinuedPretraining();
            case "simpo" -> new Procedure.Preference(PreferenceLoss.SIMPO, SIMPO_BETA, SIMPO_MARGIN);
            case "kto" -> new Procedure.Kto(BETA, 1, 1);
            default -> new Procedure.Preference(PreferenceLoss.valueOf(id.toUpperCase(Locale.ROOT)), BETA, 0);
        };
    }

    private static @Nullable Double beta(Procedure procedure) {
        return switch (procedure) {
            case Procedure.Preference(_, double beta, _) -> beta;
            case Procedure.Kto(double beta, _, _) -> beta;
            case Procedure.Supervised _, Procedure.ContinuedPretraining _ -> null;
        };
    }

    private static Procedure withBeta(Procedure procedure, double changed) {
        return switch (procedure) {
            case Procedure.Preference(var loss, _, double margin) -> new Procedure.Preference(loss, changed, margin);
            case Procedure.Kto(_, double desirable, double undesirable) -> new Procedure.Kto(changed, desirable, undesirable);
            case Procedure.Supervised _, Procedure.ContinuedPretraining _ -> refused("beta", "dpo, ipo, simpo or kto");
        };
    }

    private static Procedure refused(String field, String procedures) {
        throw new IllegalArgumentException(field + " has a meaning in the procedure " + procedures + " only");
    }

    private static NumberField number(String name, String description, double min, double max, boolean logarithmic,
            Function<Procedure, @Nullable Double> read, BiFunction<Procedure, Double, Procedure> write) {
        return new NumberField(name, description, FieldGroup.PROCEDURE, min, max, logarithmic, false,
                r -> read.apply(r.procedure()), (r, v) -> r.withProcedure(write.apply(r.procedure(), v)));
    }
}
