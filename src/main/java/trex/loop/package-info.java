/// The study's loop and the ports it calls. Knows no file format, no database, no screen.
@NullMarked
package trex.loop;

import org.jspecify.annotations.NullMarked;
