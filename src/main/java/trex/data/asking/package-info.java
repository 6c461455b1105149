/// What data recipes ask a language model: the port, the questions, and how answers are read. Owns no
/// connection; an answer is data that has to pass the same gates as a row that was read.
@NullMarked
package trex.data.asking;

import org.jspecify.annotations.NullMarked;
