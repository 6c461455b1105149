package trex.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import trex.data.BrokenData;
import trex.data.SplitSealer;
import trex.fetch.AllowedHosts;
import trex.fetch.DataFiles;
import trex.fetch.Downloads;
import trex.fetch.ModelCatalogue;
import trex.fetch.Places;
import trex.fetch.Unavailable;
import trex.loop.Preparation;
import trex.model.Mission;
import trex.model.ModelFiles;
import trex.model.Prepared;
import trex.model.RunEvent;
import trex.model.SealedSplits;
import trex.model.StudyId;

/// Prepares studies on this machine: model and data come here, the splits are sealed under
/// `studies/<id>/splits`.
public final class LocalPreparation implements Preparation {
    private final Places places;
    private final ModelCatalogue models;
    private final MissionRows rows;

    public LocalPreparation(Places places) {
        this.places = places;
        Downloads downloads = new Downloads(AllowedHosts.standard(places.hub()), Downloads.Limits.GENEROUS);
        models = new ModelCatalogue(places, downloads);
        rows = new MissionRows(new DataFiles(places, downloads));
    }

    @Override
    public Prepared prepare(StudyId study, Mission mission, Consumer<RunEvent> progress)
            throws Unprepared, InterruptedException {
        try {
            SplitSealer.Source source = rows.read(mission, progress);
            progress.accept(new RunEvent.Phase("finding the base model " + mission.baseModel(), -1));
            ModelFiles model = models.find(mission.baseModel(), MissionRows.reporter(progress));
            progress.accept(new RunEvent.Phase("cutting and sealing the splits", -1));
            Path folder = places.home().resolve("studies").resolve(study.value()).resolve("splits");
            SplitSealer.Seal seal = new SplitSealer(folder)
                    .seal(source, mission.data().template(), mission.data().cut(), mission.seed());
            tell(seal, progress);
            return new Prepared(model, seal.splits(), seal.profile());
        } catch (Unavailable | BrokenData e) {
            throw new Unprepared(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Unprepared("the splits cannot be written to " + places.home() + ": " + e.getMessage(), e);
        }
    }

    private static void tell(SplitSealer.Seal seal, Consumer<RunEvent> progress) {
        SealedSplits splits = seal.splits();
        progress.accept(new RunEvent.Notice(String.format(Locale.ROOT,
                "Sealed %,d training, %,d validation and %,d test rows; "
                        + "removed %,d training rows that equal, contain, stand in or nearly say a row of the others.",
                splits.train().rows(), splits.validation().rows(), splits.test().rows(), splits.removedFromTrain())));
        if (seal.removedFromValidation() > 0) {
            progress.accept(new RunEvent.Notice("Removed " + seal.removedFromValidation()
                    + " validation rows that equal, contain, stand in or nearly say a test row."));
        }
    }
}
