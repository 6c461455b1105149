package trex;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trex.data.asking.AskedModel;
import trex.data.asking.Asking;
import trex.data.asking.CachedModel;
import trex.llm.Endpoint;
import trex.llm.OpenAiCompatible;
import trex.loop.Studies;
import trex.model.Bounds;
import trex.model.Choices;
import trex.model.Limit;
import trex.model.Mission;
import trex.model.Recipe;

/// The language model that the person configured for data recipes, if any. Its answers are kept in the
/// home folder's `answers`.
final class ConfiguredModel {
    private static final Set<String> ASKING_NUMBERS = Set.of("score", "generate");

    private final Optional<AskedModel> asked;
    private final String told;

    private ConfiguredModel(Optional<AskedModel> asked, String told) {
        this.asked = asked;
        this.told = told;
    }

    /// @throws Studies.Refused for settings that cannot be used
    static ConfiguredModel of(Path home, Map<String, String> environment) throws Studies.Refused {
        try {
            Optional<Endpoint> endpoint = Endpoint.of(environment);
            return new ConfiguredModel(endpoint.map(OpenAiCompatible::asked).map(model -> kept(model, home)),
                    endpoint.map(Endpoint::toString).orElse(Asking.HOW_TO_CONFIGURE));
        } catch (IllegalArgumentException e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }

    private static AskedModel kept(AskedModel model, Path home) {
        return new AskedModel(new CachedModel(model.model(), home.resolve("answers")), model.parallel(), model.tokens());
    }

    Optional<AskedModel> asked() {
        return asked;
    }

    /// What is configured, or how to, in a sentence without the key.
    String told() {
        return told;
    }

    /// @throws Studies.Refused for a mission whose recipes ask a model, or may, while there is none
    void refuseUnaskable(Mission mission) throws Studies.Refused {
        boolean starts = mission.starts().stream().map(Recipe::data).anyMatch(data -> data.asksModel());
        boolean may = mission.space().entrySet().stream().anyMatch(entry -> letsAsk(entry.getKey(), entry.getValue()));
        if (asked.isEmpty() && (starts || may)) {
            throw new Studies.Refused("mission " + mission.name() + ": its " + (starts ? "start recipe asks" : "space lets recipes ask")
                    + " a language model, and " + Asking.HOW_TO_CONFIGURE);
        }
    }

    private static boolean letsAsk(String field, Limit limit) {
        return switch (limit) {
            case Bounds(_, double most) -> ASKING_NUMBERS.contains(field) && most > 0;
            case Choices(List<String> values) -> field.equals("embedding") && values.contains("model");
        };
    }
}
