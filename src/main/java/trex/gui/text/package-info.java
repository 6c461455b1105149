/// Texts and figures as the person reads them.
@NullMarked
package trex.gui.text;

import org.jspecify.annotations.NullMarked;
