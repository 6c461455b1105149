package trex.bench.nano;

import java.util.List;
import java.util.random.RandomGenerator;

/// Unit arithmetic: `3 km 40 m in m` is `3040`.
final class UnitsTask implements GeneratedTask {
    static final List<Pair> PAIRS = List.of(new Pair("km", "m", 1000), new Pair("kg", "g", 1000), new Pair("m", "cm", 100),
            new Pair("h", "min", 60), new Pair("min", "s", 60), new Pair("cm", "mm", 10));
    private static final int WHOLES = 60;

    /// One large unit and how many small ones it is.
    record Pair(String large, String small, int factor) {}

    @Override
    public String name() {
        return "units";
    }

    @Override
    public Row row(RandomGenerator random) {
        Pair pair = PAIRS.get(random.nextInt(PAIRS.size()));
        int whole = 1 + random.nextInt(WHOLES);
        int rest = random.nextInt(pair.factor());
        String input = "%d %s %d %s in %s".formatted(whole, pair.large(), rest, pair.small(), pair.small());
        return new Row(input, Integer.toString(whole * pair.factor() + rest));
    }
}
