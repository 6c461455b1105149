/// Writes and reads the vocabulary as JSON: the one mapper behind missions, job folders and the store.
@NullMarked
package trex.json;

import org.jspecify.annotations.NullMarked;
