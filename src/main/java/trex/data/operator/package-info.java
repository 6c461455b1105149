/// The operators of data recipes, each alone: rows in, rows out, nothing read or written.
@NullMarked
package trex.data.operator;

import org.jspecify.annotations.NullMarked;
