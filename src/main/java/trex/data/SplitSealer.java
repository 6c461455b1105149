package trex.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import trex.model.DataProfile;
import trex.model.Example;
import trex.model.RowForm;
import trex.model.SealedSplit;
import trex.model.SealedSplits;
import trex.model.Split;
import trex.model.Template;
import trex.model.ValidationCut;

/// Cuts a study's splits and seals them: one file a split with its digest, written before
/// anything else happens.
public final class SplitSealer {
    private final Path folder;

    /// @param folder the study's `splits` folder; made where it is not there
    public SplitSealer(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /// What was sealed.
    ///
    /// @param removedFromValidation given validation rows removed because they equal, contain or
    ///     are a part of a test row
    public record Seal(SealedSplits splits, DataProfile profile, int removedFromValidation) {}

    /// The rows of a mission before the cut.
    ///
    /// @param validation null where `cut` takes validation rows from the training rows
    public record Source(List<Row> train, @Nullable List<Row> validation, List<Row> test) {
        public Source {
            train = List.copyOf(train);
            validation = validation == null ? null : List.copyOf(validation);
            test = List.copyOf(test);
        }
    }

    /// @throws BrokenData for a row that the template does not fit, and for an empty split
    public Seal seal(Source rows, Template template, @Nullable ValidationCut cut, long seed)
            throws BrokenData, IOException {
        ExampleMaker maker = new ExampleMaker(template);
        List<Row> given = rows.validation();
        Splits splits = new SplitCutter(seed).cut(maker.make(rows.train()), given == null ? null : maker.make(given),
                maker.make(rows.test()), cut);
        refuseSingleAnswer(Split.TRAIN, splits.train(), template);
        refuseSingleAnswer(Split.VALIDATION, splits.validation(), template);
        refuseSingleAnswer(Split.TEST, splits.test(), template);
        Files.createDirectories(folder);
        SealedSplits sealed = new SealedSplits(
                write(Split.TRAIN, splits.train()),
                write(Split.VALIDATION, splits.validation()),
                write(Split.TEST, splits.test()),
                splits.removedFromTrain());
        List<Example> heldOut = Stream.of(splits.validation(), splits.test()).flatMap(List::stream)
                .map(TextExample::example).toList();
        HeldOut.of(heldOut, splits.train().stream().map(TextExample::example).toList()).write(sealed);
        return new Seal(sealed, Profiler.profile(splits.train(), template), splits.removedFromValidation());
    }

    private SealedSplit write(Split split, List<TextExample> rows) throws BrokenData, IOException {
        String name = split.name().toLowerCase(Locale.ROOT);
        if (rows.isEmpty()) {
            throw new BrokenData("the " + name + " split is empty");
        }
        List<Example> examples = rows.stream().map(TextExample::example).toList();
        return SplitFile.write(folder.resolve(name + ".jsonl"), split, examples);
    }

    private static void refuseSingleRating(Split split, List<TextExample> rows) throws BrokenData {
        List<Boolean> found = rows.stream().map(row -> Boolean.TRUE.equals(row.example().good())).distinct().toList();
        if (found.size() == 1) {
            throw new BrokenData("every " + kind(split) + " row is rated "
                    + (found.getFirst() ? "good" : "bad") + ": good and bad answers are needed");
        }
    }

    /// Rows of one answer teach nothing, and measure only whether a model always says it.
    private static void refuseSingleAnswer(Split split, List<TextExample> rows, Template template) throws BrokenData {
        if (template.form() == RowForm.RATED) {
            refuseSingleRating(split, rows);
            return;
        }
        List<String> found = rows.stream().map(row -> row.example().answer()).distinct().limit(2).toList();
        if (found.size() == 1 && rows.size() > 1 && (split == Split.TRAIN || !template.answers().isEmpty())
                && template.form() != RowForm.COMPARED) {
            throw new BrokenData("every " + kind(split) + " row has the answer \"" + found.getFirst() + "\": "
                    + (template.answers().isEmpty() ? "there is nothing to learn"
                            : "a classification needs at least two of " + String.join(", ", template.answers())));
        }
    }

    /// Of a row, for a sentence.
    private static String kind(Split split) {
        return split == Split.TRAIN ? "training" : split.name().toLowerCase(Locale.ROOT);
    }
}
