package trex;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trex.data.asking.AskedModel;
import trex.data.asking.Asking;
import trex.data.asking.CachedModel;
import trex.llm.Endpoint;
import trex.llm.OpenAiCompatible;
import trex.loop.Studies;
import trex.model.Bounds;
import trex.model.Mission;
import trex.model.Recipe;

/// The language model that the person configured for data recipes, if any. Its answers are kept in the
/// home folder's `answers`.
final class ConfiguredModel {
    private static final List<String> ASKING_FIELDS = List.of("score", "generate");

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
        boolean may = ASKING_FIELDS.stream().map(mission.space()::get)
                .anyMatch(limit -> limit instanceof Bounds(_, double most) && most > 0);
        if (asked.isEmpty() && (starts || may)) {
            throw new Studies.Refused("mission " + mission.name() + ": its " + (starts ? "start recipe asks" : "space lets recipes ask")
                    + " a language model, and " + Asking.HOW_TO_CONFIGURE);
        }
    }
}
