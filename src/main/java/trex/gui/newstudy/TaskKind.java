package trex.gui.newstudy;

import trex.model.DataPreview;
import trex.model.Template;

/// What the rows of own data are taken for, in the person's words.
public enum TaskKind {
    /// One of a few answers.
    CLASSES,
    /// Free text.
    ANSWERS,
    /// A better and a worse answer.
    COMPARED,
    /// An answer, and whether it is a good one.
    RATED,
    /// Text to go on pre-training with.
    TEXT;

    /// What a proposed template is of.
    static TaskKind of(Template template) {
        return switch (template.form()) {
            case ANSWERED -> template.answers().isEmpty() ? ANSWERS : CLASSES;
            case COMPARED -> COMPARED;
            case RATED -> RATED;
            case TEXT -> TEXT;
        };
    }

    /// What a file without a proposal is taken for at first.
    static TaskKind of(DataPreview preview) {
        DataPreview.Mapping mapping = preview.mapping();
        return mapping == null ? ANSWERS : of(mapping.template());
    }
}
