/// The main window: puts the views together and owns the actions.
@NullMarked
package trex.gui.shell;

import org.jspecify.annotations.NullMarked;
