/// What interrupts the person: errors, choices, the file chooser, and work off the screen's thread.
@NullMarked
package trex.gui.dialog;

import org.jspecify.annotations.NullMarked;
