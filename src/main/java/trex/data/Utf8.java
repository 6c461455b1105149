package trex.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens text files: UTF-8, a byte order mark passed over, a byte that is none of UTF-8's a
/// [java.nio.charset.CharacterCodingException].
final class Utf8 {
    private Utf8() {}

    static BufferedReader open(Path file) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(Files.newInputStream(file), 3);
        byte[] mark = bytes.readNBytes(3);
        boolean byteOrderMark = mark.length == 3 && (mark[0] & 0xFF) == 0xEF && (mark[1] & 0xFF) == 0xBB
                && (mark[2] & 0xFF) == 0xBF;
        if (!byteOrderMark) {
            bytes.unread(mark);
        }
        return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)), 1 << 16);
    }
}
