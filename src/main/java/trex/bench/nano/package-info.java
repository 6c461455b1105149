/// How the embedded base model and its three tasks were made: seeded programs that write the
/// task files, the text the base model learned from, its tokenizer and its training.
@NullMarked
package trex.bench.nano;

import org.jspecify.annotations.NullMarked;
