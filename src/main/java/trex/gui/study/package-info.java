/// A study as the views see it: live properties, fed once a pulse by the study's events.
@NullMarked
package trex.gui.study;

import org.jspecify.annotations.NullMarked;
