package trex.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trex.model.Checkpoint;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Run;
import trex.model.RunCost;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.SampleStudy;
import trex.model.StudyState;
import trex.model.Work;

class ModelCardTest {
    private static String card(String licence, String library) {
        Node child = SampleStudy.child(1, 0, NodeState.COMPLETED, SampleStudy.score(80), SampleStudy.recipe());
        RunOutcome outcome = new RunOutcome.Completed(
                SampleStudy.score(80), new Checkpoint("/c", 3, "ab"), new RunCost(61, 1L << 30, 10, 100));
        Run run = new Run(new RunId("dates-1"), new NodeId(1), 0, new Work.Train(SampleStudy.recipe()), outcome);
        Node node = new Node(child.id(), child.parent(), child.strategy(), child.state(), List.of(run), child.score(),
                false, "", null);
        return ModelCard.of(SampleStudy.study(StudyState.FINISHED, SampleStudy.result()), node, licence, library);
    }

    @Test
    void theCardTellsDataRecipeScoresAndLicence() {
        assertThat(card("Apache-2.0", "peft"))
                .startsWith("---\nlicense: apache-2.0\nbase_model: nano\nlibrary_name: peft\n")
                .contains("| base model, untouched | 0.1200 ± 0.0325 (n = 100) | 0.1100 ± 0.0313 (n = 100) |")
                .contains("| this model | 0.8000 ± 0.0400 (n = 100) | 0.7800 ± 0.0414 (n = 100) |")
                .contains("* training: `train.tsv`", "| rank | 8 |", "| seed | 7 |", "took 1:01 and 1.00 GiB")
                .contains("The base model is under Apache-2.0");
    }

    @Test
    void anUnknownLicenceIsNotGuessed() {
        assertThat(card("", "gguf")).doesNotContain("license:").contains("licence is not known");
    }
}
