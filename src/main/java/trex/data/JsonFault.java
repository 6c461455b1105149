package trex.data;

import com.fasterxml.jackson.core.JsonProcessingException;

/// What is wrong with a JSON text, in words for the person: the parser's own, without its pointers
/// into itself.
final class JsonFault {
    private JsonFault() {}

    static String of(JsonProcessingException e) {
        return String.valueOf(e.getOriginalMessage()).replaceFirst("(?s)\\s*\\(start marker at \\[Source.*", "");
    }
}
