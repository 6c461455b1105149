package trex.lm.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import trex.lm.Tokenizer;

/// A SentencePiece tokenizer of the byte-pair kind (Kudo and Richardson, arXiv 1808.06226): of all
/// neighbours whose union is a piece, the pair with the highest score is joined until none is left;
/// what is no piece falls back to its bytes.
public final class SentencePieces implements Tokenizer {
    private static final Pattern BYTE = Pattern.compile("<0x([0-9A-F]{2})>");

    private final List<String> pieces;
    private final double[] scores;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Set<Integer> whole;
    private final int[] byteIds = new int[256];
    private final boolean leadingSpace;
    private final int endOfText;
    private final OptionalInt startOfText;

    /// @param pieces by id, with plain spaces
    /// @param whole ids of pieces that are found whole in a text and never built by joining
    /// @param leadingSpace whether a text is read as if a space stood before it
    SentencePieces(List<String> pieces, double[] scores, List<Integer> whole, boolean leadingSpace, int endOfText,
            OptionalInt startOfText) {
        this.pieces = List.copyOf(pieces);
        this.scores = scores.clone();
        this.whole = Set.copyOf(whole);
        this.leadingSpace = leadingSpace;
        this.endOfText = endOfText;
        this.startOfText = startOfText;
        Arrays.fill(byteIds, -1);
        for (int id = 0; id < pieces.size(); id++) {
            Matcher matcher = BYTE.matcher(pieces.get(id));
            if (matcher.matches()) {
                byteIds[Integer.parseInt(matcher.group(1), 16)] = id;
            } else if (!this.whole.contains(id)) {
                ids.putIfAbsent(pieces.get(id), id);
            }
        }
    }

    @Override
    public int vocabulary() {
        return pieces.size();
    }

    @Override
    public int endOfText() {
        return endOfText;
    }

    @Override
    public OptionalInt startOfText() {
        return startOfText;
    }

    @Override
    public int[] encode(String text) {
        List<Integer> out = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            int special = wholeAt(text, at);
            if (special >= 0) {
                encodePlain(text.substring(from, at), out);
                out.add(special);
                at += pieces.get(special).length() - 1;
                from = at + 1;
            }
        }
        encodePlain(text.substring(from), out);
        return out.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String decode(int... sequence) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int id : sequence) {
            if (!whole.contains(id)) {
                Matcher matcher = BYTE.matcher(pieces.get(id));
                if (matcher.matches()) {
                    bytes.write(Integer.parseInt(matcher.group(1), 16));
                } else {
                    bytes.writeBytes(pieces.get(id).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        return leadingSpace && text.startsWith(" ") ? text.substring(1) : text;
    }

    private int wholeAt(String text, int at) {
        int longest = -1;
        for (int id : whole) {
            String piece = pieces.get(id);
            if (!piece.isEmpty() && text.startsWith(piece, at)
                    && (longest < 0 || piece.length() > pieces.get(longest).length())) {
                longest = id;
            }
        }
        return longest;
    }

    private void encodePlain(String text, List<Integer> out) {
        if (text.isEmpty()) {
            return;
        }
        Chain chain = new Chain(leadingSpace ? " " + text : text);
        for (Symbol symbol = chain.first; symbol != null; symbol = symbol.next) {
            Integer id = ids.get(symbol.text);
            if (id != null) {
                out.add(id);
            } else {
                for (byte b : symbol.text.getBytes(StandardCharsets.UTF_8)) {
                    out.add(byteIds[b & 0xff] >= 0 ? byteIds[b & 0xff] : 0); // 0 is the unknown piece
                }
            }
        }
    }

    /// A text as a chain of symbols, joined as far as the pieces allow.
    private final class Chain {
        final @Nullable Symbol first;
        private final PriorityQueue<Pair> candidates = new PriorityQueue<>();

        Chain(String text) {
            Symbol last = null;
            Symbol head = null;
            int order = 0;
            for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
                Symbol symbol = new Symbol(Character.toString(text.codePointAt(at)), order++);
                symbol.previous = last;
                if (last == null) {
                    head = symbol;
                } else {
                    last.next = symbol;
                    consider(last, symbol);
                }
                last = symbol;
            }
            this.first = head;
            joinAll();
        }

        private void consider(Symbol left, Symbol right) {
            Integer id = ids.get(left.text + right.text);
            if (id != null) {
                candidates.add(new Pair(left, right, left.text.length() + right.text.length(), scores[id]));
            }
        }

        private void joinAll() {
            for (Pair pair = candidates.poll(); pair != null; pair = candidates.poll()) {
                if (pair.isCurrent()) {
                    join(pair.left, pair.right);
                }
            }
        }

        private void join(Symbol left, Symbol right) {
            left.text += right.text;
            right.text = "";
            left.next = right.next;
            if (left.next != null) {
                left.next.previous = left;
                consider(left, left.next);
            }
            if (left.previous != null) {
                consider(left.previous, left);
            }
        }
    }

    private static final class Symbol {
        private String text;
        private final int order;
        private @Nullable Symbol previous;
        private @Nullable Symbol next;

        Symbol(String text, int order) {
            this.text = text;
            this.order = order;
        }
    }

    /// A possible join; stale once either side has been joined to something else.
    private record Pair(Symbol left, Symbol right, int length, double score) implements Comparable<Pair> {
        boolean isCurrent() {
            return !left.text.isEmpty() && left.next == right && left.text.length() + right.text.length() == length;
        }

        @Override
        public int compareTo(Pair other) {
            int byScore = Double.compare(other.score, score);
            return byScore != 0 ? byScore : Integer.compare(left.order, other.left.order);
        }
    }
}
