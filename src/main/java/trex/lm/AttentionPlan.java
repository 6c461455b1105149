package trex.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/// How the attention of a packed batch is cut into blocks. Exact for any tree of segments.
///
/// @param inverse for each token, its place in the blocks' queries laid end to end
record AttentionPlan(List<AttentionBlock> blocks, long[] inverse) {
    /// Queries of one piece. Longer segments are cut, so that a piece computes no scores for the
    /// keys behind its last query.
    static final int PIECE = 256;

    /// A block may compute this many times the pairs that its members need, before it is split.
    private static final double WASTE = 1.6;

    /// Consecutive queries and everything that the last of them sees.
    ///
    /// @param keys indices of the keys; the last `length` are the queries themselves
    private record Piece(int start, int length, int[] keys) {}

    /// @param kinds the kinds of the model's layers
    /// @param granule the grids' extents are multiples of this
    static AttentionPlan of(List<Segment> segments, int tokens, List<LayerKind> kinds, int granule) {
        return of(segments, tokens, kinds, granule, 0);
    }

    /// @param known leading tokens, one segment, that are keys but no queries; queries are counted from
    ///     behind them
    static AttentionPlan of(List<Segment> segments, int tokens, List<LayerKind> kinds, int granule, int known) {
        List<Piece> pieces = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.start() >= known) {
                addPieces(segments, segment, pieces);
            }
        }
        pieces.sort(Comparator.comparingInt((Piece p) -> p.keys.length - p.length)
                .thenComparingInt(Piece::length)
                .thenComparingInt(Piece::start));
        List<AttentionBlock> blocks = new ArrayList<>();
        long[] inverse = new long[tokens - known];
        int placed = 0;
        for (List<Piece> members : grouped(pieces)) {
            AttentionBlock block = block(members, kinds, granule, known);
            for (int m = 0; m < members.size(); m++) {
                Piece piece = members.get(m);
                for (int i = 0; i < piece.length; i++) {
                    inverse[piece.start - known + i] = placed + (long) m * block.length() + i;
                }
            }
            placed += members.size() * block.length();
            blocks.add(block);
        }
        return new AttentionPlan(blocks, inverse);
    }

    /// Whether there is one block, which holds these tokens in their order as queries and as keys.
    boolean isPlain(int tokens) {
        long[] order = LongStream.range(0, tokens).toArray();
        return blocks.size() == 1
                && Arrays.equals(blocks.getFirst().queries(), order)
                && Arrays.equals(blocks.getFirst().keys(), order);
    }

    private static void addPieces(List<Segment> segments, Segment segment, List<Piece> pieces) {
        int[] context = context(segments, segment);
        for (int from = 0; from < segment.length(); from += PIECE) {
            int to = Math.min(from + PIECE, segment.length());
            int[] keys = Arrays.copyOf(context, context.length + to);
            for (int i = 0; i < to; i++) {
                keys[context.length + i] = segment.start() + i;
            }
            pieces.add(new Piece(segment.start() + from, to - from, keys));
        }
    }

    /// Token indices of a segment's ancestors, oldest first.
    private static int[] context(List<Segment> segments, Segment segment) {
        if (segment.parent() == Segment.NONE) {
            return new int[0];
        }
        Segment parent = segments.get(segment.parent());
        int[] above = context(segments, parent);
        int[] context = Arrays.copyOf(above, above.length + parent.length());
        for (int i = 0; i < parent.length(); i++) {
            context[above.length + i] = parent.start() + i;
        }
        return context;
    }

    /// Neighbours in order of size, as long as the padding of a group stays small.
    private static List<List<Piece>> grouped(List<Piece> pieces) {
        List<List<Piece>> groups = new ArrayList<>();
        List<Piece> open = new ArrayList<>();
        long needed = 0;
        int length = 0;
        int keys = 0;
        for (Piece piece : pieces) {
            long pairs = (long) piece.length * piece.keys.length;
            int longest = Math.max(length, piece.length);
            int mostKeys = Math.max(keys, piece.keys.length);
            long computed = (long) longest * mostKeys * (open.size() + 1);
            if (!open.isEmpty() && computed > WASTE * (needed + pairs)) {
                groups.add(open);
                open = new ArrayList<>();
                needed = 0;
                longest = piece.length;
                mostKeys = piece.keys.length;
            }
            open.add(piece);
            needed += pairs;
            length = longest;
            keys = mostKeys;
        }
        groups.add(open);
        return groups;
    }

    private static AttentionBlock block(List<Piece> members, List<LayerKind> kinds, int granule, int known) {
        int longest = members.stream().mapToInt(Piece::length).max().orElseThrow();
        int mostKeys = members.stream().mapToInt(p -> p.keys.length).max().orElseThrow();
        int length = Math.ceilDiv(longest, granule) * granule;
        int keyLength = Math.ceilDiv(mostKeys, granule) * granule;
        long[] queries = new long[members.size() * length];
        long[] keys = new long[members.size() * keyLength];
        boolean uniform = members.stream().allMatch(p -> p.length == length && p.keys.length == keyLength);
        int masks = uniform ? 1 : members.size();
        for (int m = 0; m < members.size(); m++) {
            Piece piece = members.get(m);
            for (int i = 0; i < piece.length; i++) {
                queries[m * length + i] = piece.start - known + i;
            }
            for (int i = 0; i < piece.keys.length; i++) {
                keys[m * keyLength + i] = piece.keys[i];
            }
        }
        List<float[]> maskByKind = kinds.stream()
                .map(kind -> mask(members.subList(0, masks), length, keyLength, kind.window()))
                .toList();
        return new AttentionBlock(members.size(), length, keyLength, queries, keys, masks, maskByKind);
    }

    private static float[] mask(List<Piece> members, int length, int keyLength, int window) {
        float[] mask = new float[members.size() * length * keyLength];
        for (int m = 0; m < members.size(); m++) {
            fillMask(mask, m * length * keyLength, length, keyLength, members.get(m), window);
        }
        return mask;
    }

    /// A query sees the keys up to itself, as far back as the window reaches; a padded query sees
    /// the first key, for a softmax over nothing is not a number.
    private static void fillMask(float[] mask, int offset, int length, int keyLength, Piece piece, int window) {
        int before = piece.keys.length - piece.length;
        for (int i = 0; i < length; i++) {
            int visible = i < piece.length ? before + i + 1 : 1;
            int row = offset + i * keyLength;
            int first = window == 0 ? 0 : Math.max(0, visible - window);
            Arrays.fill(mask, row, row + first, Float.NEGATIVE_INFINITY);
            Arrays.fill(mask, row + visible, row + keyLength, Float.NEGATIVE_INFINITY);
        }
    }
}
