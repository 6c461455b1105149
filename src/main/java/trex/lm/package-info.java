/// A language model: architecture, weights in and out, tokenizer, the generated graph, generation.
@NullMarked
package trex.lm;

import org.jspecify.annotations.NullMarked;
