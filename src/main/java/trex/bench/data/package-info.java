/// `trex bench data`: how fast, in how much memory and how completely repeated rows are found.
@NullMarked
package trex.bench.data;

import org.jspecify.annotations.NullMarked;
