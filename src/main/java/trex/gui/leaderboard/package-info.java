/// All scored nodes, best first, with what luck alone could explain.
@NullMarked
package trex.gui.leaderboard;

import org.jspecify.annotations.NullMarked;
