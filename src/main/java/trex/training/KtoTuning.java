package trex.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import trex.model.Procedure.Kto;
import trex.model.Recipe;
import trex.model.Rewards;

/// KTO: good answers become likelier and bad ones less likely, each on its own (see [KtoLoss]).
///
/// How far the model has moved from the untrained one is estimated on mismatched pairs: the step's
/// prompts, each with the answer to another prompt. Those are the answers of the row before in the
/// order of the training rows (the first takes the last one's), passing over answers to the same
/// prompt, so that the reference of every pair is known before the first step.
public final class KtoTuning implements Objective {
    private final Kto kto;
    private final List<LabelledExample> answers;
    private final List<LabelledExample> mismatched;
    private final boolean[] good;
    private final int atOnce;
    private final Reference reference;

    private KtoTuning(Kto kto, List<LabelledExample> answers, List<LabelledExample> mismatched, boolean[] good, int atOnce) {
        this.kto = kto;
        this.answers = answers;
        this.mismatched = mismatched;
        this.good = good;
        this.atOnce = atOnce;
        this.reference = new Reference(answers.size());
    }

    /// @param rated answers to at least two different prompts; longer ones than the recipe allows are cut
    public static KtoTuning of(Recipe recipe, Kto kto, List<RatedAnswer> rated) {
        List<LabelledExample> answers = new ArrayList<>();
        List<LabelledExample> mismatched = new ArrayList<>();
        boolean[] good = new boolean[rated.size()];
        for (int i = 0; i < good.length; i++) {
            int[] prompt = rated.get(i).example().prompt();
            String id = rated.get(i).example().id();
            answers.addAll(LabelledExample.answers(id, prompt, List.of(rated.get(i).example().completion()), recipe.maxLength()));
            mismatched.addAll(LabelledExample.answers(id, prompt, List.of(foreign(rated, i)), recipe.maxLength()));
            good[i] = rated.get(i).good();
        }
        return new KtoTuning(kto, answers, mismatched, good, recipe.optimization().batchSize());
    }

    private static int[] foreign(List<RatedAnswer> rated, int index) {
        for (int back = 1; back < rated.size(); back++) {
            RatedAnswer other = rated.get(Math.floorMod(index - back, rated.size()));
            if (!Arrays.equals(other.example().prompt(), rated.get(index).example().prompt())) {
                return other.example().completion();
            }
        }
        throw new IllegalArgumentException("kto needs answers to at least two different prompts, all "
                + rated.size() + " answer the same one");
    }

    @Override
    public int size() {
        return answers.size();
    }

    @Override
    public String id(int example) {
        return answers.get(example).id();
    }

    @Override
    public List<LabelledExample> sequences() {
        return answers;
    }

    @Override
    public void begin(int[] used, Passes untrained, Progression progress) throws Validator.Stopped {
        reference.take(used, this::both, untrained, progress);
    }

    private List<LabelledExample> both(int example) {
        return List.of(answers.get(example), mismatched.get(example));
    }

    @Override
    public Descended descend(int[] chosen, Passes model) {
        double[] found = PackedUnits.of(Arrays.stream(chosen).mapToObj(this::both).toList(), atOnce, model)
                .logLikelihoods(model);
        List<Scored> scored = new ArrayList<>();
        double moved = 0;
        for (int i = 0; i < chosen.length; i++) {
            double[] untrained = reference.of(chosen[i]);
            scored.add(new Scored(found[2 * i], untrained[0], answers.get(chosen[i]).labels()));
            moved += (found[2 * i + 1] - untrained[1]) / chosen.length;
        }
        boolean[] rated = new boolean[chosen.length];
        IntStream.range(0, chosen.length).forEach(i -> rated[i] = good[chosen[i]]);
        KtoLoss loss = KtoLoss.of(kto, scored, rated, moved);
        PackedUnits.of(Arrays.stream(chosen).mapToObj(i -> List.of(answers.get(i))).toList(), atOnce, model)
                .descend(loss.slopes(), model);
        return new Descended(loss.loss(), rewards(scored, rated, Math.max(0, moved)));
    }

    /// Nothing where a step has only good or only bad answers.
    private @Nullable Rewards rewards(List<Scored> scored, boolean[] rated, double moved) {
        double[] sums = new double[2];
        int[] counts = new int[2];
        double right = 0;
        for (int i = 0; i < rated.length; i++) {
            int kind = rated[i] ? 1 : 0;
            counts[kind]++;
            sums[kind] += kto.beta() * scored.get(i).ratio();
            right += scored.get(i).ratio() > moved == rated[i] ? 1 : 0;
        }
        return counts[0] == 0 || counts[1] == 0
                ? null
                : new Rewards(right / rated.length, sums[1] / counts[1] - sums[0] / counts[0]);
    }
}
