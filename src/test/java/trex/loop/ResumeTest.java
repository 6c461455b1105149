package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import trex.model.ExperimentTree;
import trex.model.NodeId;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyState;

/// A study that is killed at any call of its store, and gone on with, ends as the undisturbed one.
class ResumeTest {
    /// Stands for SIGKILL: nothing of the program may catch it.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private static StudyStore killing(StudyStore store, int call, boolean afterwards) {
        int[] calls = {0};
        return (StudyStore) Proxy.newProxyInstance(StudyStore.class.getClassLoader(), new Class<?>[] {StudyStore.class},
                (_, method, arguments) -> {
                    boolean now = calls[0]++ == call;
                    if (now && !afterwards) {
                        throw new Killed();
                    }
                    Object result;
                    try {
                        result = method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (now) {
                        throw new Killed();
                    }
                    return result;
                });
    }

    /// What a study comes to, times left out.
    private record Ending(ExperimentTree tree, Study study, List<StudyStore.JournalLine> journal) {
        static Ending of(Laboratory lab, StudyId id) {
            return new Ending(lab.store.tree(id), lab.store.study(id), lab.store.journal(id));
        }
    }

    private static Ending undisturbed() {
        Laboratory lab = new Laboratory();
        StudyId id = lab.create(Fixtures.mission(5, 10_000));
        assertThat(lab.run(id, Laboratory.rejecting(new NodeId(2), "no"))).isEqualTo(StudyState.FINISHED);
        return Ending.of(lab, id);
    }

    /// @return whether the kill happened before the study was finished
    private static boolean killedAt(int call, boolean afterwards, Ending expected) {
        Laboratory lab = new Laboratory();
        StudyStore store = lab.store;
        StudyId id = lab.create(Fixtures.mission(5, 10_000));
        boolean killed = false;
        lab.store = killing(store, call, afterwards);
        try {
            lab.run(id, Laboratory.rejecting(new NodeId(2), "no"));
        } catch (Killed e) {
            killed = true;
        }
        lab.store = store;
        if (store.study(id).state() != StudyState.FINISHED) {
            assertThat(lab.run(id, Laboratory.rejecting(new NodeId(2), "no"))).isEqualTo(StudyState.FINISHED);
        }
        assertThat(Ending.of(lab, id)).as("killed at store call %d", call).isEqualTo(expected);
        assertThat(lab.runner.executions()).as("killed at store call %d", call)
                .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
        return killed;
    }

    @Test
    void killedBeforeAnyCallOfTheStoreItEndsAsIfUndisturbed() {
        Ending expected = undisturbed();
        int call = 0;
        while (killedAt(call, false, expected)) {
            call++;
        }
        assertThat(call).isGreaterThan(100);
    }

    @Test
    void killedAfterAnyCallOfTheStoreItEndsAsIfUndisturbed() {
        Ending expected = undisturbed();
        int call = 0;
        while (killedAt(call, true, expected)) {
            call++;
        }
        assertThat(call).isGreaterThan(100);
    }

    @Test
    void theSameOutcomesGiveTheSameStudy() {
        assertThat(undisturbed()).isEqualTo(undisturbed());
    }
}
