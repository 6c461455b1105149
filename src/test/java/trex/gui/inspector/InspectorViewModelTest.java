package trex.gui.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trex.gui.FakeStudies;
import trex.gui.FakeStudy;
import trex.gui.Samples;
import trex.gui.dialog.Background;
import trex.gui.study.StudyFeed;
import trex.gui.study.StudyViewModel;
import trex.gui.study.WorkspaceViewModel;
import trex.loop.Forecast;
import trex.model.NodeId;
import trex.model.StudyId;
import trex.model.StudySettings;

class InspectorViewModelTest {
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final FakeStudy played = new FakeStudy(new StudyId("sst2-1"), Samples.mission(), StudySettings.DEFAULT);
    private final InspectorViewModel inspector = new InspectorViewModel(new WorkspaceViewModel(new FakeStudies(),
            new Background(work::add, Runnable::run, sentence -> {
                throw new AssertionError(sentence);
            })));

    @BeforeEach
    void selectAProposal() {
        played.add(Samples.baseline(0.5));
        StudyFeed feed = new StudyFeed();
        StudyViewModel study = new StudyViewModel(played.study(), played.tree(), feed);
        study.attach(played);
        played.listen(feed);
        NodeId proposal = played.propose(0,
                Samples.strategy("A higher rate.", Samples.with(Samples.recipe(), "learningRate", "0.002")));
        study.drain();
        study.selectedProperty().set(proposal);
        inspector.refresh(study);
    }

    @Test
    void aForecastIsMadeOffTheScreensThread() {
        played.forecasts(taking(70));
        assertThat(inspector.waitingProperty().get()).contains("Expected computing time 1:35").doesNotContain("As it stands");
        assertThat(work).hasSize(1);
        work.remove().run();
        assertThat(inspector.waitingProperty().get()).contains("As it stands 1:10; 10:00 then left for rounds.");
    }

    @Test
    void onlyTheForecastOfTheLastEditCounts() {
        inspector.editors().getFirst().field("learningRate").textProperty().set("0.003");
        assertThat(work).hasSize(2);
        played.forecasts(taking(80));
        work.removeLast().run();
        played.forecasts(taking(70));
        work.remove().run();
        assertThat(inspector.waitingProperty().get()).contains("As it stands 1:20");
    }

    private static Forecast taking(double seconds) {
        return new Forecast(seconds, 1000, 0, 600, Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, true);
    }
}
