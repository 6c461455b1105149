package trex.gui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every text that a view names is there.
class TextsTest {
    private static final Path VIEWS = Path.of("src", "main", "java", "trex", "gui");
    private static final Pattern IN_VIEW = Pattern.compile("\"%([a-z.]*[a-z])\"");
    private static final Pattern IN_CODE = Pattern.compile("texts\\.get\\(\"([a-z.]*[a-z])\"");
    private static final Pattern ACTION = Pattern.compile("new Action\\(\"([a-z-]+)\"");

    @TestFactory
    Stream<DynamicTest> everyKeyResolves() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(VIEWS)) {
            files = all.filter(f -> f.toString().endsWith(".fxml") || f.toString().endsWith(".java")).toList();
        }
        return files.stream().filter(f -> Files.exists(f.resolveSibling("texts.properties")))
                .map(f -> DynamicTest.dynamicTest(VIEWS.relativize(f).toString(), () -> check(f)));
    }

    private static void check(Path file) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(file.resolveSibling("texts.properties"))) {
            texts.load(reader);
        }
        String source = Files.readString(file);
        Stream<String> named = Stream.of(IN_VIEW, IN_CODE).flatMap(p -> p.matcher(source).results()).map(m -> m.group(1));
        Stream<String> actions = ACTION.matcher(source).results().map(TextsTest::actionKey);
        assertThat(texts.stringPropertyNames()).containsAll(Stream.concat(named, actions).toList());
    }

    private static String actionKey(MatchResult action) {
        String id = action.group(1);
        return id.endsWith("-") ? "action." + id + "dark" : "action." + id; // the themes' actions are made in a loop
    }
}
