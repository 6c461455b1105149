/// Carries recipes out: batches, procedures (one file each), schedules, checkpoints.
@NullMarked
package trex.training;

import org.jspecify.annotations.NullMarked;
