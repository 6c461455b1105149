package trex.loop;

/// Hears what a study says. Must return quickly and not throw.
@FunctionalInterface
public interface StudyListener {
    void on(StudyEvent event);
}
