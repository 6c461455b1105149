package trex.model;

/// What a study may spend.
///
/// @param rounds nodes to finish at most, the baseline not counted, `1..1000`
/// @param seconds wall-clock seconds of computing at most, at least 1
/// @param examplesPerRound training examples a round may use at most, at least 1
/// @param tokens that all trainings together may process and language models may be asked for; 0 for no limit
/// @param money that computing may cost, in any currency; 0 for no limit
/// @param pricePerHour what an hour of computing costs, in the same currency; 0 where it costs nothing
/// @param disk bytes that the folders of all runs together may hold; 0 for no limit
public record Budget(int rounds, long seconds, int examplesPerRound, long tokens, double money, double pricePerHour,
        long disk) {
    /// The paper's cap of training examples a round (arXiv 2604.14116).
    public static final int DEFAULT_EXAMPLES_PER_ROUND = 50_000;

    private static final double SECONDS_AN_HOUR = 3600;

    public Budget {
        if (rounds < 1 || rounds > 1000) {
            throw new IllegalArgumentException("budget: rounds must be 1..1000, got " + rounds);
        }
        if (seconds < 1) {
            throw new IllegalArgumentException("budget: seconds must be at least 1, got " + seconds);
        }
        if (examplesPerRound < 1) {
            throw new IllegalArgumentException("budget: examplesPerRound must be at least 1, got " + examplesPerRound);
        }
        if (tokens < 0) {
            throw new IllegalArgumentException("budget: tokens must be at least 0, got " + tokens);
        }
        if (!(money >= 0 && Double.isFinite(money))) {
            throw new IllegalArgumentException("budget: money must be at least 0, got " + money);
        }
        if (!(pricePerHour >= 0 && Double.isFinite(pricePerHour))) {
            throw new IllegalArgumentException("budget: pricePerHour must be at least 0, got " + pricePerHour);
        }
        if (disk < 0) {
            throw new IllegalArgumentException("budget: disk must be at least 0 bytes, got " + disk);
        }
        if (money > 0 && pricePerHour == 0) {
            throw new IllegalArgumentException(
                    "budget: money " + money + " limits nothing while pricePerHour is 0; say what an hour of computing costs");
        }
    }

    /// Without a limit of tokens or disk, at no price.
    public Budget(int rounds, long seconds, int examplesPerRound) {
        this(rounds, seconds, examplesPerRound, 0, 0, 0, 0);
    }

    public Budget withRounds(int changed) {
        return new Budget(changed, seconds, examplesPerRound, tokens, money, pricePerHour, disk);
    }

    public Budget withSeconds(long changed) {
        return new Budget(rounds, changed, examplesPerRound, tokens, money, pricePerHour, disk);
    }

    /// The seconds that may be spent: as many as the money pays where those are fewer.
    public double secondsWithinMoney() {
        return money > 0 ? Math.min(seconds, money / pricePerHour * SECONDS_AN_HOUR) : seconds;
    }

    /// What so many seconds of computing cost.
    public double price(double computing) {
        return pricePerHour * computing / SECONDS_AN_HOUR;
    }
}
