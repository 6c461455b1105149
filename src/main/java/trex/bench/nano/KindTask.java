package trex.bench.nano;

import java.util.random.RandomGenerator;

/// Pairs of opinions of the same thing, the kind one chosen: sentiment as a preference, as in the
/// first experiment on DPO (Rafailov et al. 2023, arXiv 2305.18290, section 6).
final class KindTask implements GeneratedTask {
    private static final int DAYS = 31;

    @Override
    public String name() {
        return "kind";
    }

    @Override
    public int trainingRows() {
        return 3000;
    }

    @Override
    public Row row(RandomGenerator random) {
        String thing = Opinion.pick(Opinion.THINGS, random);
        String input = "Day %d. The word of %s about the %s:".formatted(
                1 + random.nextInt(DAYS), Opinion.pick(Opinion.PEOPLE, random), thing);
        return new Row(input, Opinion.plain(true, thing, random).text(), Opinion.plain(false, thing, random).text());
    }
}
