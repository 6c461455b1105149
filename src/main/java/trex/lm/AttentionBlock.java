package trex.lm;

import java.util.List;

/// Segments, or pieces of long ones, that attend together: a grid of queries over a grid of keys.
///
/// @param queries token indices, `[members, length]`, padded with token 0
/// @param keys token indices, `[members, keyLength]`, padded with token 0
/// @param maskByKind for each kind of layer what is added to the scores: 0 where a query sees a
///     key, else -infinity; `[masks, length, keyLength]` with one mask for all members or one each
record AttentionBlock(int members, int length, int keyLength, long[] queries, long[] keys, int masks, List<float[]> maskByKind) {}
