/// Decides by their validation curves which trainings will not win and need not go on. Pure.
@NullMarked
package trex.search.pruner;

import org.jspecify.annotations.NullMarked;
