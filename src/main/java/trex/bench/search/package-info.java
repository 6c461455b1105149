/// The search ablation: policies and planners against one another on surrogates of real trainings.
@NullMarked
package trex.bench.search;

import org.jspecify.annotations.NullMarked;
