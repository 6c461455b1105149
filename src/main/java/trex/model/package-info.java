/// The vocabulary: records and sealed types that every other package speaks in.
/// Knows only the JDK; nothing here reads a file, a clock or a network.
@NullMarked
package trex.model;

import org.jspecify.annotations.NullMarked;
