/// Job folders and the workers that carry them out, each in a process of its own that outlives
/// the workbench. The folder is the only contract between the two sides.
@NullMarked
package trex.executor;

import org.jspecify.annotations.NullMarked;
