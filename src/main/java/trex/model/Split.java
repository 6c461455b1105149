package trex.model;

/// A part of the data. Test is opened once, at the end of a study.
public enum Split {
    TRAIN,
    VALIDATION,
    TEST
}
