/// The program without a screen: commands, the live terminal, approval by typing, outcomes as JSON.
/// Reaches studies only through [trex.loop.Studies].
@NullMarked
package trex.cli;

import org.jspecify.annotations.NullMarked;
