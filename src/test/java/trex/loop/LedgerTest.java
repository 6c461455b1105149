package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trex.model.DiskUse;
import trex.model.Spending;

class LedgerTest {
    private final Ledger ledger = new Ledger(new Spending(50, 10, 100), 15, 0.05);

    private static Cost seconds(double seconds) {
        return new Cost(seconds, 100, 0);
    }

    @Test
    void theFinalTestAndTheRepeatsAreSetAsideBesideWhatIsSpentAndReserved() {
        assertThat(ledger.forRounds().seconds()).isEqualTo(20);
        assertThat(ledger.forRepeats().seconds()).isEqualTo(25);
        assertThat(ledger.fits(seconds(20))).isTrue();
        assertThat(ledger.fits(seconds(20.1))).isFalse();
    }

    @Test
    void workOfUnknownCostFitsWhileAnythingIsLeft() {
        assertThat(ledger.fits(Cost.UNKNOWN)).isTrue();
        assertThat(new Ledger(new Spending(90, 0, 100), 15, 0).fits(Cost.UNKNOWN)).isFalse();
        assertThat(new Ledger(new Spending(0, 0, 100, 900, 0, 900, DiskUse.NONE), 15, 0).fits(Cost.UNKNOWN)).isFalse();
    }

    @Test
    void tokensAreAsScarceAsSeconds() {
        Ledger scarce = new Ledger(new Spending(0, 0, 100, 500, 100, 1_000, DiskUse.NONE), 10, 0.1);
        assertThat(scarce.forRounds().tokens()).isEqualTo(300);
        assertThat(scarce.forRepeats().tokens()).isEqualTo(400);
        assertThat(scarce.fits(new Cost(1, 300, 0))).isTrue();
        assertThat(scarce.fits(new Cost(1, 301, 0))).isFalse();
        assertThat(scarce.fitsRepeats(new Cost(1, 400, 0))).isTrue();
        assertThat(scarce.refusal(new Cost(1, 301, 0))).contains("needs about 301 tokens, 300 are left");
        assertThat(Ledger.isRefusal(scarce.refusal(new Cost(1, 301, 0)))).isTrue();
        assertThat(ledger.fits(new Cost(1, 1e12, 0))).as("without a limit").isTrue();
    }

    @Test
    void diskIsScarceToo() {
        Ledger scarce = new Ledger(new Spending(0, 0, 100, 0, 0, 0, new DiskUse(4L << 30, 1L << 30, 10L << 30)), 10, 0.1);
        assertThat(scarce.forRounds().disk()).isEqualTo(4L << 30);
        assertThat(scarce.forRepeats().disk()).isEqualTo(5L << 30);
        Cost dear = new Cost(1, 1, 4.5 * (1L << 30));
        assertThat(scarce.fits(dear)).isFalse();
        assertThat(scarce.fitsRepeats(dear)).isTrue();
        assertThat(scarce.refusal(dear))
                .isEqualTo("does not fit the budget: needs about 4.5 GiB of disk, 4.0 GiB are left for rounds");
        assertThat(scarce.exhaustion(dear)).isEqualTo("the 4.0 GiB of disk that are left for rounds are too few");
        assertThat(scarce.fits(Cost.UNKNOWN)).isTrue();
        assertThat(ledger.fits(new Cost(1, 1, 1e15))).as("without a limit").isTrue();
    }

    @Test
    void aRefusalIsKnownByItsText() {
        assertThat(Ledger.isRefusal(ledger.refusal(seconds(200)))).isTrue();
        assertThat(Ledger.isRefusal("too dear")).isFalse();
        assertThat(ledger.refusal(seconds(200))).contains("200 s").contains("20 s").contains("15 s");
    }
}
