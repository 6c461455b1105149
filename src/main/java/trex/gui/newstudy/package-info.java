/// The dialog that states a mission and starts a study.
@NullMarked
package trex.gui.newstudy;

import org.jspecify.annotations.NullMarked;
