package trex.search.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trex.model.Bounds;
import trex.model.Budget;
import trex.model.ChoiceField;
import trex.model.Choices;
import trex.model.DataProfile;
import trex.model.FreeTextField;
import trex.model.Method;
import trex.model.Mission;
import trex.model.NumberField;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.search.BaseModel;

/// The recipes a mission may try, as a [Space]: one dimension for each field worth changing.
///
/// Numbers take the mission's bounds, else a usual range; the start's own value always lies inside.
/// A choice that the mission gives several values is varied among these.
/// The number format stays as the mission's start has it, and so does the kind of training
/// (`method`), except that a start with adapters on a small base model may become full tuning.
///
/// Full tuning wants lower learning rates than adapters: a tenth on large models (Schulman et al.
/// 2025, LoRA Without Regret), less of a difference on small ones. The learning rate's dimension
/// is that of adapters, and a recipe that changes its method moves along with [#FULL_RATE].
public final class RecipeSpace {
    private static final Map<String, Bounds> USUAL = Map.of(
            "learningRate", new Bounds(1e-5, 5e-3),
            "epochs", new Bounds(0.5, 4),
            "batchSize", new Bounds(4, 64),
            "rank", new Bounds(4, 64),
            "alpha", new Bounds(4, 128),
            "warmupRatio", new Bounds(0, 0.2),
            "weightDecay", new Bounds(0, 0.1),
            "examples", new Bounds(64, 50_000));
    private static final List<String> CHOICES = List.of("targets", "schedule", "lossOn", "shortFirst");
    private static final String METHOD = "method";
    private static final String LEARNING_RATE = "learningRate";
    /// Learning rate of full tuning over that of adapters, for models small enough to be tuned fully.
    /// This project's choice.
    private static final double FULL_RATE = 0.3;
    /// Where a number lies that the recipe does not have.
    private static final double NOWHERE = 0.5;

    private final List<RecipeField> fields;
    private final Map<String, Bounds> bounds;
    private final Mission mission;
    private final Space space;

    /// @param bounds of numeric fields, those too that have one value only
    private RecipeSpace(List<RecipeField> fields, Map<String, Bounds> bounds, Mission mission) {
        this.fields = List.copyOf(fields);
        this.bounds = Map.copyOf(bounds);
        this.mission = mission;
        this.space = new Space(fields.stream().map(this::dimension).toList());
    }

    public static RecipeSpace of(Mission mission, DataProfile profile, BaseModel base) {
        List<RecipeField> fields = new ArrayList<>();
        Map<String, Bounds> bounds = new java.util.HashMap<>();
        for (RecipeField field : RecipeField.all()) {
            Optional<Recipe> having = starts(mission).stream().filter(field::applies).findFirst();
            if (having.isEmpty()) {
                continue;
            }
            switch (field) {
                case NumberField number -> bounds(number, mission, having.get(), profile).ifPresent(b -> {
                    bounds.put(number.name(), b);
                    if (b.min() < b.max()) {
                        fields.add(number);
                    }
                });
                case ChoiceField choice -> {
                    if (worthChanging(choice, mission, profile, base)) {
                        fields.add(choice);
                    }
                }
                case FreeTextField<?> _ -> { }
            }
        }
        return new RecipeSpace(fields, bounds, mission);
    }

    /// The start, and where the mission names methods, the same by each of them.
    private static List<Recipe> starts(Mission mission) {
        return mission.space().containsKey(METHOD) ? mission.starts() : List.of(mission.start());
    }

    private static boolean worthChanging(ChoiceField field, Mission mission, DataProfile profile, BaseModel base) {
        if (mission.space().get(field.name()) instanceof Choices(List<String> allowed)) {
            return allowed.size() > 1;
        }
        return switch (field.name()) {
            case METHOD -> mission.start().method() instanceof Method.Lora && base.mayBeFullyTuned();
            case "deduplicate" -> profile.duplicateShare() > 0;
            case "balance" -> profile.isClassification() && profile.balance() < 0.9;
            default -> CHOICES.contains(field.name());
        };
    }

    /// Nothing where neither the mission nor custom has a range for the field.
    private static Optional<Bounds> bounds(NumberField field, Mission mission, Recipe start, DataProfile profile) {
        Optional<Bounds> wanted = mission.space().get(field.name()) instanceof Bounds own
                ? Optional.of(own)
                : usual(field, start);
        return field.name().equals("examples") ? wanted.map(w -> within(w, mission.budget(), profile)) : wanted;
    }

    private static Optional<Bounds> usual(NumberField field, Recipe start) {
        Bounds usual = USUAL.get(field.name());
        Double own = field.read().apply(start);
        return usual == null || own == null
                ? Optional.empty()
                : Optional.of(new Bounds(Math.min(usual.min(), own), Math.max(usual.max(), own)));
    }

    private static Bounds within(Bounds wanted, Budget budget, DataProfile profile) {
        double most = Math.min(wanted.max(), Math.min(budget.examplesPerRound(), Math.max(1, profile.rows())));
        return new Bounds(Math.min(wanted.min(), most), most);
    }

    private Dimension dimension(RecipeField field) {
        return switch (field) {
            case NumberField number -> new Dimension.Numeric(number.name());
            case ChoiceField choice -> new Dimension.Categorical(choice.name(), choices(choice).size());
            case FreeTextField<?> text -> throw notVaried(text);
        };
    }

    private static IllegalStateException notVaried(RecipeField field) {
        return new IllegalStateException(field.name() + " is not varied");
    }

    public Space space() {
        return space;
    }

    /// The fields behind the dimensions, in their order.
    public List<RecipeField> fields() {
        return fields;
    }

    public boolean varies(String field) {
        return fields.stream().anyMatch(f -> f.name().equals(field));
    }

    /// The values of a field that the mission allows, in its order.
    public List<String> choices(ChoiceField field) {
        return mission.space().get(field.name()) instanceof Choices(List<String> allowed) ? allowed : field.choices();
    }

    /// The range of a numeric field: the mission's, else the usual one where it is varied, else its own.
    public Bounds bounds(NumberField field) {
        return bounds.getOrDefault(field.name(), field.range());
    }

    public Point point(Recipe recipe) {
        double[] coordinates = new double[fields.size()];
        for (int d = 0; d < coordinates.length; d++) {
            coordinates[d] = switch (fields.get(d)) {
                case NumberField number -> number.applies(recipe) ? position(number, recipe) : NOWHERE;
                case ChoiceField choice -> Math.max(0, choices(choice).indexOf(choice.text(recipe)));
                case FreeTextField<?> text -> throw notVaried(text);
            };
        }
        return new Point(coordinates);
    }

    private double position(NumberField field, Recipe recipe) {
        if (!field.name().equals(LEARNING_RATE) || !(recipe.method() instanceof Method.Full)) {
            return field.position(recipe, bounds(field));
        }
        double asAdapters = recipe.optimization().learningRate() / FULL_RATE;
        return field.position(field.with(recipe, Math.min(asAdapters, field.max())), bounds(field));
    }

    /// `base` with those fields changed in which `point` differs from it: what did not move keeps
    /// its exact value. A coordinate of a field that the recipe does not have changes nothing.
    public Recipe recipe(Point point, Recipe base) {
        Point from = point(base);
        Recipe recipe = base;
        for (int d = 0; d < fields.size(); d++) {
            RecipeField field = fields.get(d);
            boolean moved = point.get(d) != from.get(d) || follows(field, base, recipe);
            if (moved && field.applies(recipe)) {
                recipe = moved(field, recipe, point.get(d));
            }
        }
        return recipe;
    }

    /// A value that does not go together with the rest of the recipe leaves its field as it was.
    private Recipe moved(RecipeField field, Recipe recipe, double coordinate) {
        try {
            return switch (field) {
                case NumberField number -> at(number, recipe, coordinate);
                case ChoiceField choice -> choice.with(recipe, choices(choice).get((int) coordinate));
                case FreeTextField<?> text -> throw notVaried(text);
            };
        } catch (IllegalArgumentException e) {
            return recipe;
        }
    }

    /// Whether the field's value depends on the method, which has changed. The method stands before
    /// all fields that depend on it.
    private static boolean follows(RecipeField field, Recipe before, Recipe now) {
        boolean methodChanged = (before.method() instanceof Method.Full) != (now.method() instanceof Method.Full);
        return methodChanged && field.name().equals(LEARNING_RATE);
    }

    private Recipe at(NumberField field, Recipe recipe, double position) {
        Recipe placed = field.at(recipe, position, bounds(field));
        if (!field.name().equals(LEARNING_RATE) || !(recipe.method() instanceof Method.Full)) {
            return placed;
        }
        double rate = FULL_RATE * placed.optimization().learningRate();
        return field.with(placed, Math.max(field.readable(rate), bounds(field).min()));
    }
}
