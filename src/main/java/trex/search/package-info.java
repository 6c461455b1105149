/// Decides where the tree grows. Pure and seeded: no files, no clock, no network.
@NullMarked
package trex.search;

import org.jspecify.annotations.NullMarked;
