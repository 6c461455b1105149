package trex.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.List;
import trex.model.Bounds;
import trex.model.Choices;
import trex.model.Limit;

/// Bounds are an object, choices a list of values.
final class LimitReader extends StdDeserializer<Limit> {
    private static final long serialVersionUID = 1;

    LimitReader() {
        super(Limit.class);
    }

    @Override
    public Limit deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return parser.currentToken() == JsonToken.START_ARRAY
                ? new Choices(List.of(context.readValue(parser, String[].class)))
                : context.readValue(parser, Bounds.class);
    }
}
