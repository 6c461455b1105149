/// What stands in the way of an installer; the message is a sentence for the person.
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
        super(message);
    }
}
