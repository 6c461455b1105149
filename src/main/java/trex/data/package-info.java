/// Data: reads missions and tables, cuts and seals the splits, carries out data recipes.
/// Knows no tensor and no model file.
@NullMarked
package trex.data;

import org.jspecify.annotations.NullMarked;
