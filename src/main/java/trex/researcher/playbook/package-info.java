/// The built-in Researcher: published rules of fine-tuning as data, drafts and edits by a numeric
/// planner, repairs of failed runs. Needs no language model, no network and no key.
@NullMarked
package trex.researcher.playbook;

import org.jspecify.annotations.NullMarked;
