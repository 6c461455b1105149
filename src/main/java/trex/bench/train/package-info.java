/// `trex bench train`: what a training step and a likelihood evaluation reach, beside the
/// processor's limit and the usual ways to do the same.
@NullMarked
package trex.bench.train;

import org.jspecify.annotations.NullMarked;
