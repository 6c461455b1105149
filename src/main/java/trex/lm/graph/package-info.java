/// The model, its loss, its backward pass and its optimizer as TorchScript text, generated for the
/// configuration at hand and run through DJL with one native call a step. See decision record 0003.
@NullMarked
package trex.lm.graph;

import org.jspecify.annotations.NullMarked;
