/// The status bar: state, progress, budget, approval.
@NullMarked
package trex.gui.status;

import org.jspecify.annotations.NullMarked;
