package trex.loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.model.StudyId;
import trex.model.StudyState;

/// Tells the listener what happens, one event at a time whatever thread it comes from.
final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final StudyId id;
    private final StudyStore store;
    private final StudyListener listener;

    Announcer(StudyId id, StudyStore store, StudyListener listener) {
        this.id = id;
        this.store = store;
        this.listener = listener;
    }

    synchronized void say(StudyEvent event) {
        listener.on(event);
    }

    /// Reading and telling are one act, so that an older tree is never told after a newer one.
    synchronized void tree() {
        listener.on(new StudyEvent.TreeChanged(store.tree(id)));
    }

    synchronized void spending() {
        listener.on(new StudyEvent.SpendingChanged(store.study(id).spending()));
    }

    void state(StudyState state) {
        say(new StudyEvent.StateChanged(state));
    }

    void info(String text) {
        LOG.info("{}: {}", id, text);
        say(new StudyEvent.Message(StudyEvent.Level.INFO, text));
    }

    void warning(String text) {
        LOG.warn("{}: {}", id, text);
        say(new StudyEvent.Message(StudyEvent.Level.WARNING, text));
    }

    void error(String text) {
        say(new StudyEvent.Message(StudyEvent.Level.ERROR, text));
    }
}
