/// `trex bench estimate`: how far estimates are from what is then measured.
@NullMarked
package trex.bench.estimate;

import org.jspecify.annotations.NullMarked;
