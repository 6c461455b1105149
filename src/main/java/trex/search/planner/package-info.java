/// Decides which point of a recipe space to try: Gaussian process, tree-structured Parzen
/// estimator, and the edits that both screen. Knows spaces and numbers, not what they mean; only
/// [trex.search.planner.RecipeSpace] knows recipes. Pure and seeded.
@NullMarked
package trex.search.planner;

import org.jspecify.annotations.NullMarked;
