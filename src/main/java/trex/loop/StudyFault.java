package trex.loop;

/// Something without which a study cannot go on; the message is a sentence for the person.
final class StudyFault extends Exception {
    private static final long serialVersionUID = 1;

    StudyFault(String message) {
        super(message);
    }
}
