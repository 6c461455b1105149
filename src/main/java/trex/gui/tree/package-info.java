/// The search tree as a canvas: layout on arrays, culling, levels of detail, minimap.
@NullMarked
package trex.gui.tree;

import org.jspecify.annotations.NullMarked;
