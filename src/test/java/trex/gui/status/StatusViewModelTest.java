package trex.gui.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import trex.gui.Samples;
import trex.gui.study.StudyFeed;
import trex.gui.study.StudyViewModel;
import trex.model.Budget;
import trex.model.DiskUse;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.SampleStudy;
import trex.model.Spending;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;

class StatusViewModelTest {
    private final StatusViewModel status = new StatusViewModel();

    @Test
    void thePartsOfTheComputingTimeAddUpToTheBudget() {
        status.refresh(study(new Spending(234, 107, 2640)));
        assertThat(status.spendingProperty().get()).isEqualTo("3:54 of 44:00 spent, 1:47 reserved, 38:19 left");
    }

    @Test
    void whereNothingRunsNothingIsReserved() {
        status.refresh(study(new Spending(234, 0, 2640)));
        assertThat(status.spendingProperty().get()).isEqualTo("3:54 of 44:00 spent, 40:06 left");
    }

    @Test
    void diskIsToldWhereTheMissionLimitsIt() {
        Mission plain = Samples.mission();
        Mission limited = new Mission(plain.name(), plain.goal(), plain.baseModel(), plain.data(), plain.metric(),
                new Budget(12, 2640, 4096, 0, 0, 0, 2L << 30), plain.space(), plain.start(), plain.seed());
        status.refresh(study(limited, new Spending(234, 0, 2640, 0, 0, 0, new DiskUse(120 << 20, 0, 2L << 30)),
                StudyState.RUNNING, ExperimentTree.EMPTY));
        assertThat(status.spendingProperty().get()).endsWith("40:06 left, 120 MiB of 2.0 GiB on disk");
    }

    @Test
    void aFinishedStudyWithoutAScoreSaysSo() {
        status.refresh(study(Samples.mission(), new Spending(234, 0, 2640), StudyState.FINISHED, SampleStudy.tree(
                SampleStudy.baseline(), SampleStudy.failed(1, 0, "failed while training: the loss is no number"))));
        assertThat(status.stateProperty().get()).isEqualTo("Finished: no round came to a score");
    }

    private static StudyViewModel study(Spending spending) {
        return study(Samples.mission(), spending, StudyState.RUNNING, ExperimentTree.EMPTY);
    }

    private static StudyViewModel study(Mission mission, Spending spending, StudyState state, ExperimentTree tree) {
        Study study = new Study(new StudyId("sst2-1"), mission, StudySettings.DEFAULT, state,
                Instant.EPOCH, null, spending, null);
        return new StudyViewModel(study, tree, new StudyFeed());
    }
}
