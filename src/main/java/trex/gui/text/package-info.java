/// Texts and figures as the person reads them, and the views that they stand in.
@NullMarked
package trex.gui.text;

import org.jspecify.annotations.NullMarked;
