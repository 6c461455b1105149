/// Dark and light: AtlantaFX for controls, a palette for canvases.
@NullMarked
package trex.gui.theme;

import org.jspecify.annotations.NullMarked;
