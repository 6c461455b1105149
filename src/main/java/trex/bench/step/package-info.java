/// `trex bench step`: the speed and memory of a training step beside what the processor could do.
@NullMarked
package trex.bench.step;

import org.jspecify.annotations.NullMarked;
