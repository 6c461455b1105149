@NullMarked
package trex.json;

import org.jspecify.annotations.NullMarked;
