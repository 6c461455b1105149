package trex.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.Arrays;
import java.util.List;
import trex.model.Choices;
import trex.model.DataOperator;
import trex.model.Example;
import trex.model.Limit;
import trex.model.Method;
import trex.model.Procedure;
import trex.model.Rewards;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.Template;
import trex.model.Verdict;
import trex.model.Work;

/// The mapper. Strict: an unknown, missing or doubled field is an error, and the records refuse
/// values that make no sense. Sealed types carry their case as `"kind"`,
/// outcomes of runs as `"end"`; enums are lower case.
public final class Json {
    private static final JsonMapper MAPPER = build();

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    private static JsonMapper build() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                // A record's questions about itself (`isClassification`) are no fields of it.
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .serializationInclusion(JsonInclude.Include.ALWAYS)
                .addModule(module());
        for (Class<?> sealed : Arrays.asList(DataOperator.class, Method.class, Procedure.class, RunEvent.class, RunOutcome.class,
                Verdict.class, Work.class)) {
            builder.addMixIn(sealed, sealed == RunOutcome.class ? Ended.class : Kinded.class);
            for (Class<?> permitted : sealed.getPermittedSubclasses()) {
                builder.registerSubtypes(new com.fasterxml.jackson.databind.jsontype.NamedType(
                        permitted, lowerCamel(permitted.getSimpleName())));
            }
        }
        for (Class<?> grown : Arrays.asList(Template.class, Example.class, RunEvent.Step.class)) {
            builder.addMixIn(grown, WithoutLaterNulls.class);
        }
        builder.addMixIn(Choices.class, AsList.class);
        return builder.build();
    }

    private static SimpleModule module() {
        SimpleModule module = new SimpleModule("trex");
        module.setValueInstantiators(new LaterFields());
        module.addDeserializer(Limit.class, new LimitReader());
        return module;
    }

    private static String lowerCamel(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface Kinded {}

    private interface AsList {
        @JsonValue
        List<String> values();
    }

    /// What most rows do not have is not written, as before there was such a thing.
    private interface WithoutLaterNulls {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        String rejected();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        String rating();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        Boolean good();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        Rewards rewards();
    }

    /// A failed run has a kind of failure, so the case of an outcome needs another word.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "end")
    private interface Ended {}
}
