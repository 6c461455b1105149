/// Everything about the selected node: hypothesis, evidence, recipe, runs, and the verdict.
@NullMarked
package trex.gui.inspector;

import org.jspecify.annotations.NullMarked;
