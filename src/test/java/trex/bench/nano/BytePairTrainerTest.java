package trex.bench.nano;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytePairTrainerTest {
    @Test
    void theMostFrequentPairIsMergedFirst() {
        BytePairTrainer trainer = new BytePairTrainer();
        trainer.read("low low low lower newest newest");
        BytePairTrainer.Encoding encoding = trainer.learn(257 + 2);
        assertThat(encoding.merges()).extracting(BytePairTrainer.Pair::joined).containsExactly("lo", "low");
    }

    @Test
    void digitsAreNeverMerged() {
        BytePairTrainer trainer = new BytePairTrainer();
        trainer.read("1987 1987 1987 1987 day day");
        BytePairTrainer.Encoding encoding = trainer.learn(257 + 2);
        assertThat(encoding.merges()).extracting(BytePairTrainer.Pair::joined).noneMatch(t -> t.matches(".*\\d.*"));
    }

    @Test
    void everyByteHasAnIdOfItsOwn() {
        BytePairTrainer trainer = new BytePairTrainer();
        trainer.read("aa");
        assertThat(trainer.learn(258).ids()).hasSize(258).containsKey("Ġ").containsKey("Ċ");
    }
}
