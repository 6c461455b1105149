package trex.model;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// The list behind [RecipeField#all()].
final class RecipeFields {
    private static final String LORA = "lora";
    private static final String FULL = "full";

    private static final List<RecipeField> DATA = List.of(
            new NumberField("examples", "Training examples drawn from the training split.", FieldGroup.DATA,
                    16, 50_000, true, true, r -> (double) Math.min(r.data().examples(), 50_000),
                    (r, v) -> r.withData(r.data().withExamples(v.intValue()))),
            operator("deduplicate", "Remove repeated rows first.", new DataOperator.Deduplicate()),
            operator("balance", "Draw every answer equally often.", new DataOperator.BalanceAnswers()),
            amount("nearDuplicates", "Remove rows that share this part with an earlier one; 0 keeps them.", 0, 1,
                    DataOperator.DropNearDuplicates.class, DataOperator.DropNearDuplicates::similarity,
                    DataOperator.DropNearDuplicates::new),
            amount("repeats", "Remove rows more of which than this repeats itself; 0 keeps them.", 0, 0.95,
                    DataOperator.FilterRepeats.class, DataOperator.FilterRepeats::share, DataOperator.FilterRepeats::new),
            amount("dropShortest", "Share of the rows, the shortest ones, that is left out.", 0, 0.95,
                    DataOperator.DropShortest.class, DataOperator.DropShortest::share, DataOperator.DropShortest::new),
            amount("mixSources", "Take sources more evenly than their sizes; 1 the same number of each.", 0, 1,
                    DataOperator.MixSources.class, DataOperator.MixSources::evenness, DataOperator.MixSources::new),
            amount("augment", "Add a copy of every row with this share of its words left out or swapped.", 0, 0.5,
                    DataOperator.AugmentWords.class, DataOperator.AugmentWords::rate,
                    rate -> new DataOperator.AugmentWords(1, rate)),
            operator("diverse", "Draw rows that are unlike one another before others.", new DataOperator.DiverseFirst()),
            operator("shortFirst", "Train on short prompts before long ones.", new DataOperator.ShortFirst()),
            operator("commonFirst", "Train on prompts of common words before those of rare ones.",
                    new DataOperator.CommonFirst()));

    private static final List<RecipeField> METHOD_TO_STEPS = List.of(
            new ChoiceField("method", "Train low-rank adapters or every weight.", FieldGroup.METHOD, List.of(LORA, FULL),
                    r -> r.method() instanceof Method.Lora ? LORA : FULL,
                    (r, v) -> r.withMethod(v.equals(FULL) ? new Method.Full(r.method().frozenLayers()) : asLora(r))),
            lora("rank", "Inner dimension of the adapters.", 1, 512, true,
                    l -> (double) l.rank(), (l, v) -> l.withRank(v.intValue())),
            lora("alpha", "Scale of the adapters, divided by the rank or its root.", 0.5, 1024, false,
                    Method.Lora::alpha, (l, v) -> l.withAlpha(v)),
            lora("targets", "Which linear layers carry adapters.", LoraTargets.class,
                    Method.Lora::targets, Method.Lora::withTargets),
            lora("scaling", "Divide alpha by the rank, or by its square root (rsLoRA).", LoraScaling.class,
                    Method.Lora::scaling, Method.Lora::withScaling),
            lora("init", "Start adapters at random, or as each weight's leading part (PiSSA).", LoraInit.class,
                    Method.Lora::init, Method.Lora::withInit),
            new ChoiceField("magnitudes", "Train the length of each output's weights apart from their direction (DoRA).",
                    FieldGroup.METHOD, List.of("no", "yes"),
                    r -> r.method() instanceof Method.Lora l ? l.magnitudes() ? "yes" : "no" : "",
                    (r, v) -> r.withMethod(asLora(r).withMagnitudes(v.equals("yes")))),
            lora("rateRatio", "Learning rate of the adapters' B over that of their A (LoRA+).", 1, 64, false,
                    Method.Lora::rateRatio, (l, v) -> l.withRateRatio(v)),
            lora("base", "Keep the frozen base's linear layers as they are, in 8 bits, or in 4 (QLoRA's NF4).",
                    Quantization.class, Method.Lora::base, Method.Lora::withBase),
            new NumberField("frozenLayers", "Lowest layers that stay as they are; in full tuning the embeddings stay with them.",
                    FieldGroup.METHOD, 0, 200, false, true, r -> (double) r.method().frozenLayers(),
                    (r, v) -> r.withMethod(r.method().withFrozenLayers(v.intValue()))),
            number("learningRate", "Peak learning rate.", 1e-8, 0.1, true, false,
                    Optimization::learningRate, (o, v) -> o.withLearningRate(v)),
            number("epochs", "Passes over the training examples.", 0.1, 100, true, false,
                    Optimization::epochs, (o, v) -> o.withEpochs(v)),
            number("batchSize", "Examples of one optimizer step.", 1, 256, true, true,
                    o -> (double) o.batchSize(), (o, v) -> o.withBatchSize(v.intValue())),
            number("warmupRatio", "Share of the steps in which the learning rate rises.", 0, 0.5, false, false,
                    Optimization::warmupRatio, (o, v) -> o.withWarmupRatio(v)),
            ChoiceField.of("schedule", "How the learning rate falls after warm-up.", FieldGroup.OPTIMIZATION,
                    Schedule.class, r -> r.optimization().schedule(),
                    (r, v) -> r.withOptimization(r.optimization().withSchedule(v))),
            number("weightDecay", "Decoupled weight decay.", 0, 0.5, false, false,
                    Optimization::weightDecay, (o, v) -> o.withWeightDecay(v)),
            ChoiceField.of("optimizer", "The rule by which gradients move the weights; each wants a rate of its own.",
                    FieldGroup.OPTIMIZATION, Optimizer.class, r -> r.optimization().optimizer(),
                    (r, v) -> r.withOptimization(r.optimization().withOptimizer(v))),
            number("noise", "Size of the noise on the embeddings in training (NEFTune); 0 none.", 0, 100, false, false,
                    Optimization::noise, (o, v) -> o.withNoise(v)));

    private static final List<RecipeField> RESULT_AND_MACHINE = List.of(
            new NumberField("validations", "How often the validation split is measured, the last time at the end.",
                    FieldGroup.SELECTION, 1, 100, true, true,
                    r -> (double) r.validations(), (r, v) -> r.withValidations(v.intValue())),
            new NumberField("patience", "Validations without a better score after which training ends; 0 never.",
                    FieldGroup.SELECTION, 0, 100, false, true,
                    r -> (double) r.selection().patience(), (r, v) -> r.withSelection(r.selection().withPatience(v.intValue()))),
            new NumberField("averaged", "Newest validated states whose mean is tried as the result too; 0 none.",
                    FieldGroup.SELECTION, 0, 100, false, true,
                    r -> (double) r.selection().averaged(), (r, v) -> r.withSelection(r.selection().withAveraged(v.intValue()))),
            ChoiceField.of("precision", "Number format of base weights and activations.", FieldGroup.MACHINE,
                    Precision.class, Recipe::precision, Recipe::withPrecision),
            ChoiceField.of("gradientCheckpointing",
                    "Compute activations again on the way back: less memory, about a third more time, the same result.",
                    FieldGroup.MACHINE, GradientCheckpointing.class,
                    Recipe::gradientCheckpointing, Recipe::withGradientCheckpointing));

    static final List<RecipeField> ALL = Stream.of(DATA, FilterFields.ALL, WrittenFields.ALL, ChoosingFields.ALL, METHOD_TO_STEPS, ProcedureFields.ALL, RESULT_AND_MACHINE)
            .flatMap(List::stream)
            .toList();

    private RecipeFields() {}

    private static ChoiceField operator(String name, String description, DataOperator operator) {
        return new ChoiceField(name, description, FieldGroup.DATA, List.of("no", "yes"),
                r -> r.data().has(operator.getClass()) ? "yes" : "no",
                (r, v) -> r.withData(r.data().with(operator, v.equals("yes"))));
    }

    /// A data operator with one number, absent at 0.
    private static <T extends DataOperator> NumberField amount(String name, String description, double min, double max,
            Class<T> type, ToDoubleFunction<T> read, DoubleFunction<T> make) {
        return new NumberField(name, description, FieldGroup.DATA, min, max, false, false,
                r -> r.data().find(type).map(read::applyAsDouble).orElse(0.0),
                (r, v) -> r.withData(v > 0 ? r.data().with(make.apply(v), true) : r.data().without(type)));
    }

    private static NumberField lora(String name, String description, double min, double max, boolean whole,
            Function<Method.Lora, Double> read, BiFunction<Method.Lora, Double, Method.Lora> write) {
        return new NumberField(name, description, FieldGroup.METHOD, min, max, true, whole,
                r -> r.method() instanceof Method.Lora l ? read.apply(l) : null,
                (r, v) -> r.withMethod(write.apply(asLora(r), v)));
    }

    private static <E extends Enum<E>> ChoiceField lora(String name, String description, Class<E> values,
            Function<Method.Lora, E> read, BiFunction<Method.Lora, E, Method.Lora> write) {
        return ChoiceField.of(name, description, FieldGroup.METHOD, values,
                r -> r.method() instanceof Method.Lora l ? read.apply(l) : null,
                (r, v) -> r.withMethod(write.apply(asLora(r), v)));
    }

    private static NumberField number(String name, String description, double min, double max, boolean logarithmic,
            boolean whole, Function<Optimization, Double> read, BiFunction<Optimization, Double, Optimization> write) {
        return new NumberField(name, description, FieldGroup.OPTIMIZATION, min, max, logarithmic, whole,
                r -> read.apply(r.optimization()),
                (r, v) -> r.withOptimization(write.apply(r.optimization(), v)));
    }

    private static Method.Lora asLora(Recipe r) {
        return r.method() instanceof Method.Lora l
                ? l
                : new Method.Lora(8, 16, LoraTargets.ALL_LINEAR).withFrozenLayers(r.method().frozenLayers());
    }
}
