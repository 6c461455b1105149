package trex.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import trex.model.DataSource;
import trex.model.Node;
import trex.model.Prepared;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Score;
import trex.model.Study;
import trex.model.StudyResult;
import trex.model.Work;

/// The `README.md` of an exported model: what it was made from and how well it did.
public final class ModelCard {
    private final Study study;
    private final Node node;
    private final String licence;
    private final StringBuilder text = new StringBuilder();

    private ModelCard(Study study, Node node, String licence) {
        this.study = study;
        this.node = node;
        this.licence = licence;
    }

    /// @param licence of the base model, as its publisher calls it; empty where it is not known
    /// @param library what loads the files: `peft`, `transformers` or `gguf`
    public static String of(Study study, Node node, String licence, String library) {
        ModelCard card = new ModelCard(study, node, licence);
        card.head(library);
        card.scores();
        card.data();
        card.recipe();
        card.licences();
        return card.text.toString();
    }

    private void head(String library) {
        line("---");
        if (!licence.isEmpty()) {
            line("license: " + licence.toLowerCase(Locale.ROOT));
        }
        line("base_model: " + baseName());
        line("library_name: " + library);
        line("pipeline_tag: text-generation");
        line("---");
        line("");
        line("# " + study.mission().name() + ", node " + node.id());
        line("");
        line(study.mission().goal().strip());
        line("");
        line("Made by TREX Workbench in the study `" + study.id() + "` from `" + baseName() + "`"
                + (digest() == null ? "." : " (SHA-256 of its weights `" + digest() + "`)."));
        line("");
    }

    private void scores() {
        line("## Scores");
        line("");
        line("Metric: " + study.mission().metric().id() + ", ± one standard error.");
        line("");
        line("| model | validation | test |");
        line("|---|---|---|");
        StudyResult result = study.result();
        if (result != null) {
            row("base model, untouched", result.baseline().validation(), result.baseline().test());
        }
        StudyResult.Best best = result == null ? null : result.best();
        row("this model", node.score(), best != null && best.node().equals(node.id()) ? best.test() : null);
        line("");
        line("The validation split chose between the rounds, so its score flatters; the test split was opened once, "
                + "at the end, for the study's best model only.");
        line("");
    }

    private void row(String name, @Nullable Score validation, @Nullable Score test) {
        line("| " + name + " | " + Phrases.scoreWithCount(validation) + " | " + Phrases.scoreWithCount(test) + " |");
    }

    private void data() {
        line("## Data");
        line("");
        study.mission().data().train().forEach(s -> source("training", s));
        if (study.mission().data().validation() != null) {
            source("validation", study.mission().data().validation());
        }
        source("test", study.mission().data().test());
        Prepared prepared = study.prepared();
        if (prepared != null) {
            line("");
            line("%d training, %d validation and %d test rows; %d training rows that equal, contain, stand in or nearly say a row of the "
                    .formatted(prepared.splits().train().rows(), prepared.splits().validation().rows(),
                            prepared.splits().test().rows(), prepared.splits().removedFromTrain())
                    + "other splits were removed.");
        }
        line("");
    }

    private void source(String split, DataSource source) {
        line("* " + split + ": `" + source.location() + "`"
                + (source.sha256() == null ? "" : ", SHA-256 `" + source.sha256() + "`"));
    }

    private void recipe() {
        Run run = node.bestRun();
        if (run == null || !(run.work() instanceof Work.Train(Recipe recipe))) {
            return;
        }
        line("## Recipe");
        line("");
        line(node.strategy().hypothesis());
        line("");
        line("| field | value |");
        line("|---|---|");
        RecipeField.all().stream().filter(f -> f.applies(recipe))
                .forEach(f -> line("| " + f.name() + " | " + f.text(recipe) + " |"));
        line("| seed | " + recipe.seed() + " |");
        line("");
        if (run.outcome() instanceof RunOutcome.Completed(_, _, var cost)) {
            line("Training and measuring took " + Phrases.clock(cost.seconds()) + " and "
                    + Phrases.gibibytes(cost.peakBytes()) + " of memory.");
            line("");
        }
    }

    private void licences() {
        line("## Licence");
        line("");
        line(licence.isEmpty()
                ? "The base model's licence is not known to the program that wrote this; ask its publisher before you pass "
                        + "the model on."
                : "The base model is under " + licence + ", which binds this model too.");
        line("The licences of the data are its publishers' to tell.");
    }

    private String baseName() {
        Prepared prepared = study.prepared();
        return prepared == null ? study.mission().baseModel() : prepared.model().name();
    }

    private @Nullable String digest() {
        Prepared prepared = study.prepared();
        return prepared == null ? null : prepared.model().sha256();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
