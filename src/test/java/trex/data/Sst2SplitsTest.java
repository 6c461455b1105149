package trex.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.model.Example;
import trex.model.RunId;
import trex.model.Template;
import trex.model.ValidationCut;

/// The real set whose training lines are parts of one another.
class Sst2SplitsTest {
    private static final Logger LOG = LoggerFactory.getLogger(Sst2SplitsTest.class);
    private static final String FOLDER = "forest-snow/alps/3c7ef2c98249fc975a897b27f275695f97d5b7a9/data/SST-2/";
    private static final Template TEMPLATE = new Template(null, "{sentence}", "{label}",
            Map.of("0", "negative", "1", "positive"), List.of("negative", "positive"), true);

    @TempDir Path folder;

    @Test
    void noLineOfOneSideIsAPartOfALineOfTheOther() throws Exception {
        RowReader rows = new RowReader();
        List<Row> train = rows.read(MirrorData.file(FOLDER + "train.tsv"), "tsv");
        List<Row> test = rows.read(MirrorData.file(FOLDER + "test.tsv"), "tsv");
        long start = System.nanoTime();
        SplitSealer.Seal seal = new SplitSealer(folder).seal(new SplitSealer.Source(train, null, test), TEMPLATE,
                new ValidationCut(400, true), 1);
        LOG.info("sealed in {} ms: {} {}", (System.nanoTime() - start) / 1_000_000, seal.splits(), seal.profile());
        SplitReader reader = new SplitReader(InstantSource.system());
        List<Example> kept = reader.read(seal.splits().train());
        List<Example> validation = reader.read(seal.splits().validation());
        List<Example> sealed = reader.openTest(seal.splits().test(), new RunId("check"));
        LOG.info("words: train {}, validation {}, test {}; positive {} and {}", quartiles(kept), quartiles(validation),
                quartiles(sealed), positive(validation), positive(sealed));
        assertThat(test).hasSize(872).hasSameSizeAs(sealed);
        assertThat(validation).hasSize(400);
        assertNoPart(kept, validation);
        assertNoPart(kept, sealed);
        assertNoPart(validation, sealed);
    }

    private static void assertNoPart(List<Example> many, List<Example> few) {
        String held = joined(few);
        assertThat(many).noneMatch(row -> held.contains(NormalText.of(row.prompt())));
        String rest = joined(many);
        assertThat(few).noneMatch(row -> rest.contains(NormalText.of(row.prompt())));
    }

    private static String joined(List<Example> rows) {
        return rows.stream().map(row -> NormalText.of(row.prompt())).collect(Collectors.joining("\n"));
    }

    private static List<Integer> quartiles(List<Example> rows) {
        List<Integer> words = rows.stream().map(r -> r.prompt().split(" ").length).sorted().toList();
        return List.of(words.get(words.size() / 4), words.get(words.size() / 2), words.get(words.size() * 3 / 4));
    }

    private static double positive(List<Example> rows) {
        return rows.stream().filter(r -> r.answer().equals("positive")).count() / (double) rows.size();
    }
}
