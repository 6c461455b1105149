package trex.bench.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trex.bench.Bench;
import trex.bench.BenchRow;
import trex.bench.Extent;
import trex.bench.Gemm;
import trex.bench.step.Measurement;
import trex.json.Json;
import trex.lm.LanguageModel;
import trex.lm.ModelConfig;
import trex.lm.PackedBatch;
import trex.lm.RandomWeights;
import trex.model.Precision;

class TrainBenchTest {
    private static final ModelConfig TINY = new ModelConfig(64, 32, 2, 4, 2, 8, 48, 128, 1e-5, 10_000, true);
    private static final TrainCase SHORT = new TrainCase(TrainCase.Work.LORA, Precision.FP32, TrainCase.Load.SHORT);

    @Test
    void thePaddedControlHasTheLossThatItIsTheControlOf() throws Exception {
        Rows rows = Rows.of(TrainCase.Load.SHORT, TINY.vocabulary());
        try (LanguageModel model = LanguageModel.frozen(new RandomWeights(TINY, 3), Precision.FP32)) {
            assertThat(rows.padded().tokens()).isGreaterThan(3 * rows.packed().tokens());
            assertThat(model.loss(rows.padded())).isCloseTo(model.loss(rows.packed()), within(1e-4));
        }
    }

    @Test
    void thePaddedPromptsHaveTheLikelihoodsOfThosePackedWithBothAnswers() throws Exception {
        Rows rows = Rows.asked(TINY.vocabulary());
        PackedBatch padded = rows.padded();
        try (LanguageModel model = LanguageModel.frozen(new RandomWeights(TINY, 3), Precision.FP32)) {
            float[] all = model.score(padded);
            double first = IntStream.range(0, all.length).filter(i -> padded.weights()[i] > 0).mapToDouble(i -> all[i]).sum();
            float[] both = model.score(rows.withBothAnswers());
            assertThat(both).hasSize(2 * rows.examples().size());
            double each = DoubleStream.of(IntStream.range(0, both.length).mapToDouble(i -> both[i]).toArray()).sum();
            assertThat(first).isBetween(each * 0.6, each * 0.4);
        }
    }

    @Test
    void everyGoalIsARowWithItsControl() {
        List<BenchRow> rows = TrainBench.rows(
                SHORT, new TrainFigures(new Measurement(1, 330, 16, 1.5e11, 200, 200, 1L << 30), 6, 0));
        assertThat(rows).extracting(BenchRow::goal).contains("ratio >= 5", "ratio >= 8");
        assertThat(rows.get(2).ratio()).isEqualTo(6.0);
        assertThat(rows.get(2).met()).isTrue();
        assertThat(rows.get(3).met()).isFalse();
    }

    @Test
    void figuresAreReadBackAsTheMeasuredProcessWroteThem() throws Exception {
        TrainFigures figures = new TrainFigures(new Measurement(1.5, 330, 16, 1.5e11, 200, 100, 1L << 30), 6, 0);
        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(figures), TrainFigures.class)).isEqualTo(figures);
    }

    @Test
    void wordsChooseTheCasesAndOthersAreRefused() throws Exception {
        TrainBench bench = new TrainBench(() -> new Gemm(8, 1, 2.0), Path.of("home"));
        assertThatThrownBy(() -> bench.of(Extent.USUAL.only(List.of("quick"))).run(_ -> { }))
                .isInstanceOf(Bench.Unmeasured.class).hasMessageContaining("quick").hasMessageContaining("lora r8 fp32 2x256");
        assertThatThrownBy(() -> bench.of(new Extent(5, List.of(), null, List.of()))).isInstanceOf(Bench.Unmeasured.class);
    }
}
