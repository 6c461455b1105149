/// Measures models: the likelihoods of allowed answers, or the text that a model writes.
@NullMarked
package trex.evaluation;

import org.jspecify.annotations.NullMarked;
