package trex.model;

/// One recipe field that differs from the parent's, as shown to the person.
public record FieldChange(String field, String from, String to) {
    @Override
    public String toString() {
        return field + " " + from + " → " + to;
    }
}
