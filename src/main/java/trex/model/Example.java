package trex.model;

import org.jspecify.annotations.Nullable;

/// One row of a split after the template.
///
/// @param id names the source line, for example `train.tsv:17`
/// @param system the chat's system message, or null
/// @param prompt what the model is given
/// @param answer the right completion
public record Example(String id, @Nullable String system, String prompt, String answer) {}
