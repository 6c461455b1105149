/// `trex bench generate`: how fast text is written beside what the memory's speed allows.
@NullMarked
package trex.bench.generate;

import org.jspecify.annotations.NullMarked;
