/// Whole studies under an equal budget of seconds, by the default policy and by published ones.
@NullMarked
package trex.bench.study;

import org.jspecify.annotations.NullMarked;
