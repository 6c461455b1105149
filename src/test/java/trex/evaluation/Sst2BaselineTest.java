package trex.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import trex.lm.BaseModel;
import trex.lm.LanguageModel;
import trex.lm.Mirrors;
import trex.lm.ModelReader;
import trex.model.Example;
import trex.model.Metric;
import trex.model.Precision;
import trex.model.Template;

@Tag("model")
@Tag("slow")
class Sst2BaselineTest {
    private static final String TEST = "forest-snow/alps/3c7ef2c98249fc975a897b27f275695f97d5b7a9/data/SST-2/test.tsv";
    private static final String QUESTION = "Is the sentiment of this movie review sentence positive or negative? "
            + "Answer with one word.\n\nSentence: ";

    /// A plain PyTorch program that compares the same two answers gets 0.7695 of the 872 sentences.
    @Test
    void theUntouchedModelScoresAsItDoesInPyTorch() throws Exception {
        List<Example> examples = new ArrayList<>();
        for (String line : Files.readAllLines(Mirrors.data(TEST)).stream().skip(1).toList()) {
            String[] fields = line.split("\t");
            examples.add(new Example("test.tsv:" + examples.size(), null, QUESTION + fields[0].strip(), fields[1].equals("1") ? "positive" : "negative"));
        }
        Template template = new Template(null, "{sentence}", "{label}", Map.of(), List.of("negative", "positive"), true);
        try (BaseModel base = ModelReader.open(Mirrors.smolLm2());
                LanguageModel model = LanguageModel.frozen(base.weights(), Precision.FP32)) {
            Evaluator evaluator = Evaluator.of(base, template, Metric.ACCURACY);
            long start = System.nanoTime();
            Evaluation evaluation = evaluator.measure(model, examples, Progress.SILENT);
            LoggerFactory.getLogger(getClass()).info("{} in {} s", evaluation.score(), (System.nanoTime() - start) / 1e9);
            assertThat(evaluation.score().value()).isCloseTo(0.7695, within(0.005)); // four sentences may tip by rounding;
        }
    }
}
