package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextStreamTest {
    /// Each byte is a token.
    private static final Tokenizer BYTES = new Tokenizer() {
        @Override
        public int vocabulary() {
            return 256;
        }

        @Override
        public int[] encode(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int[] ids = new int[bytes.length];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = bytes[i] & 0xff;
            }
            return ids;
        }

        @Override
        public String decode(int... ids) {
            byte[] bytes = new byte[ids.length];
            for (int i = 0; i < ids.length; i++) {
                bytes[i] = (byte) ids[i];
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public int endOfText() {
            return 0;
        }
    };

    private static List<String> pieces(TextStream stream, String text) {
        return Arrays.stream(BYTES.encode(text)).takeWhile(_ -> !stream.ended()).mapToObj(stream::take).toList();
    }

    @Test
    void halfACharacterIsHeldBack() {
        assertThat(pieces(new TextStream(BYTES, List.of()), "aé€")).containsExactly("a", "", "é", "", "", "€");
    }

    @Test
    void nothingOfAStopIsTold() {
        TextStream stream = new TextStream(BYTES, List.of("END"));
        assertThat(pieces(stream, "an ENEND of")).containsExactly("a", "n", " ", "", "", "EN", "", "");
        assertThat(stream.ended()).isTrue();
        assertThat(stream.rest()).isEmpty();
    }

    @Test
    void whatOnlyBeganLikeAStopIsToldAtTheEnd() {
        TextStream stream = new TextStream(BYTES, List.of("END"));
        pieces(stream, "the EN");
        assertThat(stream.ended()).isFalse();
        assertThat(stream.rest()).isEqualTo("EN");
    }
}
