package trex.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import trex.json.Json;
import trex.model.Mission;
import trex.model.RunRequest;
import trex.model.Split;
import trex.model.Work;

/// Names a piece of work by everything that its outcome depends on: the recipe or the checkpoint,
/// the rows, the base weights, the device and the program. Equal digests mean equal bits.
final class WorkDigest {
    private WorkDigest() {}

    /// @param code digest of the program
    static String of(RunRequest request, String code) {
        Mission mission = request.mission();
        List<Object> parts = List.of(
                request.work(), mission.data().template(), mission.metric(), mission.budget().examplesPerRound(),
                mission.start().precision(), request.model().sha256(), splits(request), request.device(), code);
        try {
            return FolderDigest.ofText(Json.mapper().writeValueAsString(parts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request is made to be written as JSON", e);
        }
    }

    private static List<String> splits(RunRequest request) {
        return switch (request.work()) {
            case Work.Train _ -> List.of(digest(request, Split.TRAIN), digest(request, Split.VALIDATION));
            case Work.Measure measure -> List.of(digest(request, measure.split()));
        };
    }

    private static String digest(RunRequest request, Split split) {
        return request.splits().of(split).sha256();
    }
}
