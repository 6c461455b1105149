/// FT-Bench and the benchmarks: tasks, harness, measured figures beside their controls.
@NullMarked
package trex.bench;

import org.jspecify.annotations.NullMarked;
