package trex.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import trex.fetch.ModelCatalogue;
import trex.json.Json;
import trex.model.Mission;
import trex.model.MissionDraft;
import trex.model.RowForm;
import trex.model.Template;

/// Writes the mission that a draft makes of rows: `task.json`, and `train.jsonl` and `test.jsonl`
/// beside it where the test split is cut from the rows.
final class MissionWriter {
    /// Examples that the first recipe takes at most; the search may take more.
    private static final int SAMPLE = 2000;
    /// Preferences want lower learning rates than answers do.
    private static final double PREFERENCE_RATE = 1e-4;
    private static final long SEED = 1;

    private final MissionDraft draft;
    private final List<Path> files;
    private final @Nullable Path validation;
    private final @Nullable Path test;
    private final List<Row> rows;
    /// The first row of each text.
    private final Map<String, Row> different = new LinkedHashMap<>();

    /// @param validation where validation rows are, or null where they are cut from the training rows
    /// @param test where test rows are if the draft does not say, or null
    /// @param made what the draft's template makes of each row
    MissionWriter(MissionDraft draft, List<Path> files, @Nullable Path validation, @Nullable Path test, List<Row> rows,
            List<TextExample> made) {
        this.draft = draft;
        this.files = files;
        this.validation = validation;
        this.test = draft.test() == null ? test : Path.of(draft.test()).toAbsolutePath().normalize();
        this.rows = rows;
        for (int i = 0; i < rows.size(); i++) {
            different.putIfAbsent(made.get(i).text(), rows.get(i));
        }
    }

    Path write(Path missions) throws BrokenData, BadMission, IOException {
        refuseTooFew();
        refuseMisfits(test);
        refuseMisfits(validation);
        Path folder = fresh(missions);
        Path file = folder.resolve("task.json");
        try {
            ObjectNode mission = mission();
            sources(mission.putObject("data"));
            start(mission.putObject("start"), test == null ? cut(folder) : rows.size());
            Files.writeString(file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(mission) + "\n");
            MissionFile.read(file);
            return file;
        } catch (BadMission | IOException | RuntimeException e) {
            discard(folder);
            throw e;
        }
    }

    private ObjectNode mission() {
        ObjectNode mission = Json.mapper().createObjectNode();
        boolean named = ModelCatalogue.knows(draft.baseModel());
        mission.put("name", draft.name()).put("goal", draft.goal())
                .put("baseModel", named ? draft.baseModel() : Path.of(draft.baseModel()).toAbsolutePath().normalize().toString())
                .put("metric", draft.metric().id());
        mission.putObject("budget").put("rounds", draft.rounds()).put("seconds", draft.seconds());
        return mission;
    }

    private void sources(ObjectNode data) {
        if (test == null) {
            data.putArray("train").addObject().put("location", "train.jsonl");
            data.putObject("test").put("location", "test.jsonl");
        } else {
            var train = data.putArray("train");
            files.forEach(file -> train.addObject().put("location", file.toString()));
            data.putObject("test").put("location", test.toString());
        }
        if (validation == null) {
            data.putObject("cut").put("size", draft.held()).put("byGroup", true);
        } else {
            data.putObject("validation").put("location", validation.toString());
        }
        data.set("template", Json.mapper().valueToTree(draft.template()));
    }

    private void start(ObjectNode start, int training) {
        start.putObject("data").putArray("operators").addObject().put("kind", "sample")
                .put("count", Math.clamp(training, 1, SAMPLE));
        RowForm form = draft.template().form();
        start.set("procedure", Json.mapper().valueToTree(MissionDraft.procedure(form)));
        if (form == RowForm.COMPARED || form == RowForm.RATED) {
            start.putObject("optimization").put("learningRate", PREFERENCE_RATE);
        }
    }

    /// Draws the test rows, of different texts, and writes both files.
    ///
    /// @return rows that are left
    private int cut(Path folder) throws IOException {
        Set<Row> drawn = new HashSet<>(new SeededOrder(SEED).shuffle(List.copyOf(different.values())).subList(0, draft.held()));
        write(folder.resolve("test.jsonl"), rows.stream().filter(drawn::contains).toList());
        List<Row> rest = rows.stream().filter(row -> !drawn.contains(row)).toList();
        write(folder.resolve("train.jsonl"), rest);
        return rest.size();
    }

    private void write(Path file, List<Row> written) throws IOException {
        Set<String> fields = fields(draft.template());
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Row row : written) {
                Map<String, String> kept = new LinkedHashMap<>(row.fields());
                kept.keySet().retainAll(fields);
                out.write(Json.mapper().writeValueAsString(kept));
                out.write('\n');
            }
        }
    }

    private static Set<String> fields(Template template) {
        Set<String> fields = new LinkedHashSet<>();
        Stream.of(template.prompt(), template.answer(), template.rejected(), template.rating())
                .forEach(part -> fields.addAll(part == null ? Set.of() : ExampleMaker.placeholders(part)));
        return fields;
    }

    private void refuseTooFew() throws BrokenData {
        int parts = 1 + (test == null ? 1 : 0) + (validation == null ? 1 : 0);
        if (parts == 1) {
            return;
        }
        int there = different.size();
        if (there < (long) parts * draft.held()) {
            throw new BrokenData("holding back " + draft.held() + " rows for each split asks for at least "
                    + (long) parts * draft.held() + " different ones, there are " + there
                    + (there < parts ? "; give more rows" : ": hold back at most " + there / parts));
        }
    }

    private void refuseMisfits(@Nullable Path other) throws BrokenData {
        if (other != null) {
            new ExampleMaker(draft.template()).make(new RowReader().read(other, Previews.format(other)));
        }
    }

    /// A folder of the draft's name, with a number where there is one of that name.
    private Path fresh(Path missions) throws BadMission, IOException {
        if (!Mission.isName(draft.name())) {
            throw new BadMission("the name must be 1 to 40 letters, digits, _ or -, got \"" + draft.name() + "\"");
        }
        Files.createDirectories(missions);
        Path folder = missions.resolve(draft.name());
        for (int number = 2; Files.exists(folder); number++) {
            folder = missions.resolve(draft.name() + "-" + number);
        }
        return Files.createDirectory(folder);
    }

    private static void discard(Path folder) throws IOException {
        for (String name : List.of("task.json", "train.jsonl", "test.jsonl")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }
}
