package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trex.model.ExperimentTree;
import trex.model.NodeId;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyState;

/// A study with several runs at a time that is killed at any call of its store, on whatever thread, and
/// gone on with, ends as the undisturbed one.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ParallelResumeTest {
    private static final int PARALLEL = 2;

    /// Stands for SIGKILL: nothing of the program may catch it, and nothing is stored after it.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private static StudyStore killing(StudyStore store, int call, boolean afterwards) {
        AtomicInteger calls = new AtomicInteger();
        return (StudyStore) Proxy.newProxyInstance(StudyStore.class.getClassLoader(), new Class<?>[] {StudyStore.class},
                (_, method, arguments) -> {
                    int now = calls.getAndIncrement();
                    if (now > call || now == call && !afterwards) {
                        throw new Killed();
                    }
                    Object result;
                    try {
                        result = method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (now == call) {
                        throw new Killed();
                    }
                    return result;
                });
    }

    private record Ending(ExperimentTree tree, Study study, List<StudyStore.JournalLine> journal) {
        static Ending of(StudyStore store, StudyId id) {
            return new Ending(store.tree(id), store.study(id), store.journal(id));
        }
    }

    private final Laboratory lab = new Laboratory();

    private StudyId create(Laboratory where) {
        return where.create(Fixtures.mission(3, 100_000), PARALLEL);
    }

    private static ApprovalGate gate() {
        return Laboratory.rejecting(new NodeId(2), "no");
    }

    /// @return whether the kill happened before the study was finished
    private boolean killedAt(int call, boolean afterwards, Ending expected, long seed) throws InterruptedException {
        Laboratory where = new Laboratory();
        StudyStore store = where.store;
        StudyId id = create(where);
        LandingOrder order = new LandingOrder(where, seed);
        where.store = killing(store, call, afterwards);
        boolean killed = false;
        try {
            order.run(id, gate());
        } catch (Killed e) {
            killed = true;
        }
        where.store = store;
        if (store.study(id).state() != StudyState.FINISHED) {
            assertThat(order.run(id, gate())).as("gone on with after store call %d", call).isEqualTo(StudyState.FINISHED);
        }
        assertThat(Ending.of(store, id)).as("killed at store call %d", call).isEqualTo(expected);
        assertThat(where.runner.executions().values()).as("killed at store call %d", call).containsOnly(1);
        assertThat(order.together()).allMatch(t -> t.size() <= PARALLEL).anyMatch(t -> t.size() == PARALLEL);
        return killed;
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true"})
    void killedAtAnyCallOfTheStoreItEndsAsIfUndisturbed(long seed, boolean afterwards) throws InterruptedException {
        StudyId id = create(lab);
        assertThat(new LandingOrder(lab, seed).run(id, gate())).isEqualTo(StudyState.FINISHED);
        Ending expected = Ending.of(lab.store, id);
        int call = 0;
        while (killedAt(call, afterwards, expected, seed)) {
            call++;
        }
        assertThat(call).isGreaterThan(100);
    }
}
