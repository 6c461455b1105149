/// Language models behind an address that the person configured. The only package that knows
/// langchain4j, the only one that knows a key; a key is in no file, log, exception or job folder.
@NullMarked
package trex.llm;

import org.jspecify.annotations.NullMarked;
