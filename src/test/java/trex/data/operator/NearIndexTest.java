package trex.data.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NearIndexTest {
    private final Random random = new Random(4);

    @Test
    void aSignatureEstimatesTheSharedPart() {
        for (int changed : new int[] {0, 5, 20, 60}) {
            String one = words(150);
            String other = changed(one, changed);
            assertThat(Sketch.similarity(Sketch.of(one), Sketch.of(other), 0))
                    .isCloseTo(Sketch.similarity(one, other), Offset.offset(0.14));
        }
        assertThat(Sketch.similarity("abcdefg", "abcdefh")).isEqualTo(2 / 4.0);
        assertThat(Sketch.similarity(Sketch.of("no"), Sketch.of("no"), 0)).isEqualTo(1);
        assertThat(Sketch.of("")).hasSize(Sketch.BINS);
    }

    @Test
    void nearlyAllPairsThatAreSimilarEnoughAreMet() {
        NearIndex index = new NearIndex(0.8);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            texts.add(words(60));
            index.add(Sketch.of(texts.get(i)));
        }
        int similar = 0;
        int met = 0;
        for (int i = 0; i < texts.size(); i += 2) {
            int number = i;
            String copy = changed(texts.get(i), 3);
            if (Sketch.similarity(copy, texts.get(i)) >= 0.8) {
                similar++;
                met += index.any(Sketch.of(copy), earlier -> earlier == number) ? 1 : 0;
            }
        }
        assertThat(similar).isGreaterThan(300);
        assertThat(met).isGreaterThanOrEqualTo((int) (0.95 * similar));
    }

    @Test
    void aStrangerMeetsHardlyAnyone() {
        NearIndex index = new NearIndex(0.8);
        IntStream.range(0, 2000).forEach(_ -> index.add(Sketch.of(words(60))));
        int[] asked = new int[1];
        for (int i = 0; i < 500; i++) {
            index.any(Sketch.of(words(60)), _ -> {
                asked[0]++;
                return false;
            });
        }
        assertThat(asked[0]).isLessThan(20);
    }

    @Test
    void bandsAreAsNarrowAsTheSimilarityAsksFor() {
        assertThat(NearIndex.width(1)).isEqualTo(8);
        assertThat(NearIndex.width(0.8)).isEqualTo(7);
        assertThat(NearIndex.width(0.5)).isEqualTo(3);
        assertThat(NearIndex.width(0.05)).isEqualTo(1);
    }

    private String words(int count) {
        return IntStream.range(0, count).mapToObj(_ -> word()).collect(Collectors.joining(" "));
    }

    private String changed(String text, int words) {
        String[] all = text.split(" ", -1);
        for (int i = 0; i < words; i++) {
            all[random.nextInt(all.length)] = word();
        }
        return String.join(" ", all);
    }

    private String word() {
        return random.ints(2 + random.nextInt(7), 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }
}
