package trex.llm;

/// A key that shows itself to nobody but the request that carries it.
final class Secret {
    private static final String HIDDEN = "(key)";

    private final String value;

    /// @param value empty where the service wants no key
    Secret(String value) {
        this.value = value;
    }

    boolean isSet() {
        return !value.isEmpty();
    }

    String value() {
        return value;
    }

    /// A text in which the key cannot be read: some services repeat it in their refusals.
    String hiddenIn(String text) {
        return value.isEmpty() ? text : text.replace(value, HIDDEN);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
