/// Actions as data: one registry feeds the menus, the toolbar, the context menus and the palette.
@NullMarked
package trex.gui.action;

import org.jspecify.annotations.NullMarked;
