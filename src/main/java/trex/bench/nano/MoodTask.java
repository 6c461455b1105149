package trex.bench.nano;

import java.util.random.RandomGenerator;

/// Small sentiment with negations and contrasts: is the speaker pleased?
final class MoodTask implements GeneratedTask {
    @Override
    public String name() {
        return "mood";
    }

    @Override
    public Row row(RandomGenerator random) {
        Opinion opinion = Opinion.random(random);
        return new Row(opinion.text(), opinion.good() ? "good" : "bad");
    }
}
