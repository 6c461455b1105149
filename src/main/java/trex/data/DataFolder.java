package trex.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import trex.model.Split;

/// A folder that holds a data set as the Hugging Face Hub lays them out: files, or folders of files,
/// whose names say which split they belong to: `train.csv`, `data/test-00000-of-00001.parquet`,
/// `validation/part1.jsonl`.
final class DataFolder {
    private static final int DEPTH = 4;

    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder;
    }

    /// The files of a split, sorted by their paths.
    ///
    /// @throws BrokenData where there is none; the message lists what is there
    List<Path> files(Split split) throws BrokenData {
        List<Path> all = all();
        List<Path> found = named(all, split);
        if (found.isEmpty()) {
            throw new BrokenData("the folder " + folder + " has no file whose name says " + String.join(" or ", names(split))
                    + "; it has " + (all.isEmpty() ? "no data files (" + String.join(", ", RowReader.FORMATS) + ")"
                            : String.join(", ", all.stream().limit(10).map(f -> folder.relativize(f).toString()).toList())));
        }
        return found;
    }

    /// The only file of a split, or nothing where there is none or several.
    Optional<Path> only(Split split) throws BrokenData {
        List<Path> found = named(all(), split);
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /// Where training rows are: the files of that split, or the only file there is.
    List<Path> training() throws BrokenData {
        List<Path> all = all();
        return all.size() == 1 ? all : files(Split.TRAIN);
    }

    private List<Path> named(List<Path> all, Split split) {
        return all.stream().filter(file -> belongs(file, split)).toList();
    }

    private List<Path> all() throws BrokenData {
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            return files.filter(Files::isRegularFile).filter(DataFolder::isData).sorted().toList();
        } catch (IOException e) {
            throw new BrokenData("the folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isData(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return RowReader.FORMATS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private boolean belongs(Path file, Split split) {
        String inside = folder.relativize(file).toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(inside.split("[^a-z0-9]+", -1)).anyMatch(names(split)::contains);
    }

    private static Set<String> names(Split split) {
        return new java.util.TreeSet<>(switch (split) {
            case TRAIN -> Set.of("train", "training");
            case VALIDATION -> Set.of("validation", "valid", "val", "dev");
            case TEST -> Set.of("test", "testing", "eval", "evaluation");
        });
    }
}
