/// Model files in and out: safetensors, GGUF and llama2.c. Every length that a file states is
/// checked against the file before it is believed.
@NullMarked
package trex.lm.io;

import org.jspecify.annotations.NullMarked;
