package trex.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import trex.model.DataPreview;
import trex.model.Example;
import trex.model.MappingTrial;
import trex.model.MissionDraft;
import trex.model.Split;
import trex.model.Template;

/// The rows of a person's own data file, or of the training files of a folder, read once.
public final class OwnRows {
    private static final int FIRST = 5;

    private final Path data;
    private final List<Path> files;
    private final @Nullable Path validation;
    private final @Nullable Path test;
    private final List<Row> rows;

    private OwnRows(Path data, List<Path> files, @Nullable Path validation, @Nullable Path test) throws BrokenData {
        this.data = data;
        this.files = files;
        this.validation = validation;
        this.test = test;
        rows = new ArrayList<>();
        for (Path file : files) {
            rows.addAll(new RowReader().read(file, Previews.format(file)));
        }
    }

    /// @param data a file, or a folder as [MissionFile] reads it
    public static OwnRows read(Path data) throws BrokenData {
        Path path = data.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            return new OwnRows(path, List.of(path), null, null);
        }
        DataFolder folder = new DataFolder(path);
        return new OwnRows(path, folder.training(), folder.only(Split.VALIDATION).orElse(null),
                folder.only(Split.TEST).orElse(null));
    }

    /// What is in it, with a proposed mapping.
    public DataPreview preview() throws BrokenData {
        return new Previews().of(data, Previews.format(files.getFirst()), rows);
    }

    /// What a template makes of all rows.
    ///
    /// @throws BrokenData for a row of which it makes nothing, and for classes of which there is one
    public MappingTrial trial(Template template) throws BrokenData {
        return trial(template, new ExampleMaker(template).make(rows).stream().map(TextExample::example).toList());
    }

    private MappingTrial trial(Template template, List<Example> made) throws BrokenData {
        Map<String, Integer> answers = Counts.of(made.stream().map(Example::answer).toList());
        if (!template.answers().isEmpty() && answers.size() == 1) {
            throw new BrokenData(data.getFileName() + ": all " + made.size() + " rows have the answer \""
                    + made.getFirst().answer() + "\", which leaves nothing to learn");
        }
        return new MappingTrial(made.size(), made.subList(0, Math.min(FIRST, made.size())),
                answers.size() > DataPreview.Field.MOST_VALUES ? Map.of() : answers);
    }

    /// Writes a mission about the rows into a new folder of `missions`.
    ///
    /// @return the mission file
    /// @throws BrokenData where the rows are too few for what the draft holds back, or do not fit it
    /// @throws BadMission where the draft cannot be meant
    public Path write(MissionDraft draft, Path missions) throws BrokenData, BadMission, IOException {
        List<TextExample> made = new ExampleMaker(draft.template()).make(rows);
        trial(draft.template(), made.stream().map(TextExample::example).toList());
        return new MissionWriter(draft, files, validation, test, rows, made).write(missions);
    }
}
