package trex.data;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/// Refuses lines that no row of text is as long as: a file that is no table, or has lost its line
/// ends, shall not fill the memory.
final class LineGuard extends FilterReader {
    /// Characters.
    static final int LONGEST = 10_000_000;

    private long line = 1;
    private int length;

    LineGuard(Reader text) {
        super(text);
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        if (c >= 0) {
            count((char) c);
        }
        return c;
    }

    @Override
    public int read(char[] buffer, int offset, int wanted) throws IOException {
        int n = super.read(buffer, offset, wanted);
        for (int i = 0; i < n; i++) {
            count(buffer[offset + i]);
        }
        return n;
    }

    private void count(char c) throws IOException {
        if (c == '\n') {
            line++;
            length = 0;
        } else if (++length > LONGEST) {
            throw new IOException("line " + line + " is longer than " + LONGEST + " characters: is it a file of rows?");
        }
    }
}
