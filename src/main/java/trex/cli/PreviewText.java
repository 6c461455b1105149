package trex.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trex.json.Json;
import trex.model.DataPreview;
import trex.model.Example;

/// A data preview as lines for the terminal.
final class PreviewText {
    private static final int WIDTH = 60;

    private PreviewText() {}

    static List<String> lines(DataPreview preview) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s (%s): %,d rows", preview.file(), preview.format(), preview.rows()));
        lines.add(String.format(Locale.ROOT, "among the first %,d: %,d repeat an earlier row, %,d are nearly an earlier row",
                preview.rowsCompared(), preview.exactRepeats(), preview.nearRepeats()));
        lines.add("");
        lines.add(String.format("%-20s %9s %9s %9s  %s", "field", "filled", "different", "length", "for example"));
        for (DataPreview.Field field : preview.fields()) {
            lines.add(String.format(Locale.ROOT, "%-20s %,9d %,9d %9.1f  %s", field.name(), field.filled(),
                    field.different(), field.meanCharacters(), cut(field.example())));
        }
        lines.add("");
        DataPreview.Mapping mapping = preview.mapping();
        if (mapping == null) {
            lines.add("No mapping suggests itself: no field looks like an answer. State data.template yourself.");
            return lines;
        }
        lines.add("Proposed mapping, for your mission's file. " + mapping.reason());
        lines.addAll(mission(preview, mapping).lines().toList());
        lines.addAll(examples(preview.examples()));
        return lines;
    }

    static List<String> examples(List<Example> examples) {
        List<String> lines = new ArrayList<>();
        for (Example example : examples) {
            lines.add("");
            lines.add(example.id());
            example.prompt().lines().forEach(line -> lines.add("  prompt | " + cut(line)));
            example.answer().lines().forEach(line -> lines.add("  answer | " + cut(line)));
            if (example.rejected() != null) {
                example.rejected().lines().forEach(line -> lines.add("rejected | " + cut(line)));
            }
            if (example.good() != null) {
                lines.add("  rating | " + (example.good() ? "good" : "bad"));
            }
        }
        return lines;
    }

    private static String mission(DataPreview preview, DataPreview.Mapping mapping) {
        ObjectNode part = Json.mapper().createObjectNode();
        ObjectNode data = part.putObject("data");
        data.putArray("train").addObject().put("location", String.valueOf(Path.of(preview.file()).getFileName()));
        data.set("template", Json.mapper().valueToTree(mapping.template()));
        part.put("metric", mapping.metric().id());
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(part);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a mapping is always JSON: " + mapping, e);
        }
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH) + "…";
    }
}
