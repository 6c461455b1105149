/// Reads the command line and wires everything: the only package that knows all others.
@NullMarked
package trex;

import org.jspecify.annotations.NullMarked;
