package trex.gui.newstudy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import trex.gui.FakeSight;
import trex.gui.Samples;
import trex.gui.dialog.Background;
import trex.gui.newstudy.PreviewViewModel.State;
import trex.model.DataSource;
import trex.model.Example;
import trex.model.Mission;
import trex.model.TaskData;

class PreviewViewModelTest {
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final PreviewViewModel preview = new PreviewViewModel(new FakeSight(),
            new Background(work::add, Runnable::run, sentence -> {
                throw new AssertionError(sentence);
            }));

    @Test
    void dataThatIsHereIsReadAtOnce() {
        preview.show(Samples.mission());
        assertThat(preview.stateProperty().get()).isEqualTo(State.READING);
        work.remove().run();
        assertThat(preview.sentenceProperty().get()).isEqualTo("1,600 training rows, 400 for validation, 872 for the test");
        assertThat(preview.factsProperty().get().lines()).containsExactly(
                "Answers in training: positive 55.7 %, negative 44.3 %",
                "Left out because they stand in another split too: 12 training rows, 0 validation rows",
                "Repeated training rows: 1.3 %");
        assertThat(preview.examples()).extracting(Example::answer).containsExactly("positive", "negative", "positive");
    }

    @Test
    void dataFromElsewhereIsFetchedOnlyWhenAskedFor() {
        preview.show(mission("Tell.", "github:owner/repository@0123456789012345678901234567890123456789/train.tsv"));
        assertThat(preview.stateProperty().get()).isEqualTo(State.ELSEWHERE);
        assertThat(work).isEmpty();
        preview.read();
        work.remove().run();
        assertThat(preview.stateProperty().get()).isEqualTo(State.READ);
    }

    @Test
    void aBrokenLineIsNamedWithItsFile() {
        preview.show(mission("broken", "train.tsv"));
        work.remove().run();
        assertThat(preview.stateProperty().get()).isEqualTo(State.REFUSED);
        assertThat(preview.sentenceProperty().get()).isEqualTo("train.tsv, line 3: 1 column, expected 2");
    }

    @Test
    void whatWasCalledOffIsNotHeardOfAnyMore() {
        preview.show(Samples.mission());
        preview.cancel();
        work.remove().run();
        assertThat(preview.stateProperty().get()).isEqualTo(State.ELSEWHERE);
        assertThat(preview.examples()).isEmpty();
    }

    @Test
    void anotherMissionCallsOffTheFirst() {
        preview.show(mission("broken", "train.tsv"));
        preview.show(Samples.mission());
        work.remove().run();
        work.remove().run();
        assertThat(preview.stateProperty().get()).isEqualTo(State.READ);
    }

    private static Mission mission(String goal, String train) {
        Mission m = Samples.mission();
        TaskData data = new TaskData(List.of(new DataSource(train, null, "tsv")), null, m.data().cut(), m.data().test(),
                m.data().template());
        return new Mission(m.name(), goal, m.baseModel(), data, m.metric(), m.budget(), m.space(), m.start(), m.seed());
    }
}
