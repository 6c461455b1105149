package trex.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContainmentIndexTest {
    @Test
    void itFindsWhatAPlainSearchFinds() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<String> patterns = words(random, 60, 14).stream().distinct().toList();
            ContainmentIndex index = new ContainmentIndex(patterns);
            for (String text : words(random, 40, 40)) {
                assertThat(found(index, text)).as(text).isEqualTo(plain(patterns, text));
            }
        }
    }

    @Test
    void aNumberIsNotSplit() {
        ContainmentIndex index = new ContainmentIndex(List.of("3 km in m", "5 march", "fun", "2"));
        assertThat(found(index, "13 km in m")).isEmpty();
        assertThat(found(index, "1.3 km in m")).isEmpty();
        assertThat(found(index, "a: 3 km in metres")).containsExactly(0);
        assertThat(found(index, "15 march 2021")).isEmpty();
        assertThat(found(index, "2.5")).isEmpty();
        assertThat(found(index, "part 2.")).containsExactly(3);
        assertThat(found(index, "funny")).containsExactly(2);
    }

    private static Set<Integer> found(ContainmentIndex index, String text) {
        Set<Integer> found = new TreeSet<>();
        index.search(text, found::add);
        return found;
    }

    private static Set<Integer> plain(List<String> patterns, String text) {
        return new TreeSet<>(IntStream.range(0, patterns.size()).filter(i -> text.contains(patterns.get(i))).boxed().toList());
    }

    private static List<String> words(Random random, int count, int longest) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(random.ints(1 + random.nextInt(longest), 'a', 'c' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString());
        }
        return words;
    }
}
