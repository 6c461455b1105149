@NullMarked
package trex.executor;

import org.jspecify.annotations.NullMarked;
