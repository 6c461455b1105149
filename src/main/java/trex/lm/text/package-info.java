/// What a model reads and writes: its tokenizer and its chat template.
@NullMarked
package trex.lm.text;

import org.jspecify.annotations.NullMarked;
