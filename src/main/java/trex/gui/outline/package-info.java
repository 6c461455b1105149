/// The studies of the home folder and the current tree as an outline.
@NullMarked
package trex.gui.outline;

import org.jspecify.annotations.NullMarked;
