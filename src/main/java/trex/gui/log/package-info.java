/// What the study and its runs said, newest last.
@NullMarked
package trex.gui.log;

import org.jspecify.annotations.NullMarked;
