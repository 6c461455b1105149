package trex.bench.nano;

import java.util.random.RandomGenerator;

/// Written dates to ISO 8601: `the third of March 1987` is `1987-03-03`.
final class DatesTask implements GeneratedTask {
    @Override
    public String name() {
        return "dates";
    }

    @Override
    public Row row(RandomGenerator random) {
        EnglishDate date = EnglishDate.random(random);
        return new Row(date.written(random), date.iso());
    }

    /// The day itself: a test date was never seen in training, in any spelling.
    @Override
    public String key(Row row) {
        return row.answer();
    }
}
