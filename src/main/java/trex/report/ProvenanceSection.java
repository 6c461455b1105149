package trex.report;

import trex.model.Prepared;
import trex.model.SealedSplit;
import trex.model.Split;
import trex.model.Study;
import trex.model.StudyResult;

/// Digests of all that went in and came out.
final class ProvenanceSection {
    private final Study study;

    ProvenanceSection(Study study) {
        this.study = study;
    }

    void write(Markup page) {
        page.open("section").leaf("h2", "Where it comes from");
        FactTable facts = new FactTable(page);
        facts.row("seed of the study", Long.toString(study.mission().seed()));
        Prepared prepared = study.prepared();
        if (prepared == null) {
            facts.row("model and data", "not prepared yet");
        } else {
            facts.row("base model", prepared.model().name() + ", " + prepared.model().path() + ", SHA-256 "
                    + prepared.model().sha256());
            for (Split split : Split.values()) {
                SealedSplit sealed = prepared.splits().of(split);
                facts.row(Phrases.word(split) + " split", sealed.rows() + " rows, SHA-256 " + sealed.sha256());
            }
            facts.row("removed from train", prepared.splits().removedFromTrain()
                    + " rows that overlapped with the validation or the test split");
        }
        StudyResult result = study.result();
        StudyResult.Best best = result == null ? null : result.best();
        if (best != null) {
            facts.row("best model", best.checkpoint().path() + ", step " + best.checkpoint().step() + ", SHA-256 "
                    + best.checkpoint().sha256());
        }
        facts.end();
        page.close();
    }
}
