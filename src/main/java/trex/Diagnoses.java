package trex;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.data.BrokenData;
import trex.data.SplitReader;
import trex.evaluation.BadCaseDiagnosis;
import trex.evaluation.BadCaseDiagnosis.Answers;
import trex.evaluation.Prediction;
import trex.executor.LocalRunner;
import trex.model.BadCases;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.Prepared;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Split;
import trex.model.Study;
import trex.model.Work;

/// Reads what the nodes' best models answered on the validation split, and sorts their failures. The
/// test split's answers are never read.
final class Diagnoses {
    private static final Logger LOG = LoggerFactory.getLogger(Diagnoses.class);

    private final LocalRunner runner;

    Diagnoses(LocalRunner runner) {
        this.runner = runner;
    }

    /// One for each node whose answers are there; none where the splits are gone.
    List<BadCases> of(Study study, ExperimentTree tree) {
        Prepared prepared = study.prepared();
        if (prepared == null || tree.isEmpty()) {
            return List.of();
        }
        try {
            SplitReader reader = new SplitReader(InstantSource.system());
            BadCaseDiagnosis diagnosis = new BadCaseDiagnosis(reader.read(prepared.splits().validation()),
                    reader.read(prepared.splits().train()), study.mission().metric().comparesAnswers());
            List<BadCases> all = new ArrayList<>();
            for (Node node : tree.nodes()) {
                Optional<Answers> own = answers(study, node);
                if (own.isPresent()) {
                    all.add(diagnosis.of(own.get(), parent(study, tree, node)));
                }
            }
            return all;
        } catch (BrokenData | IllegalArgumentException e) {
            LOG.warn("{}: no diagnosis of failures", study.id(), e);
            return List.of();
        }
    }

    private @Nullable Answers parent(Study study, ExperimentTree tree, Node node) {
        return node.parent() == null ? null : answers(study, tree.node(node.parent())).orElse(null);
    }

    private Optional<Answers> answers(Study study, Node node) {
        Run run = node.parent() == null ? baseline(node) : node.bestRun();
        if (run == null) {
            return Optional.empty();
        }
        try {
            List<Prediction> predictions = runner.predictions(study.id(), run.id());
            return predictions.isEmpty() ? Optional.empty() : Optional.of(Answers.of(node.id(), predictions));
        } catch (IOException e) {
            LOG.warn("cannot read the answers of {}", run.id(), e);
            return Optional.empty();
        }
    }

    private static @Nullable Run baseline(Node node) {
        return node.runs().stream()
                .filter(run -> run.work() instanceof Work.Measure(_, Split split) && split == Split.VALIDATION
                        && run.outcome() instanceof RunOutcome.Completed)
                .reduce((_, last) -> last)
                .orElse(null);
    }
}
