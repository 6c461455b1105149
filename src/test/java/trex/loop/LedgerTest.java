package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trex.model.Spending;

class LedgerTest {
    private final Ledger ledger = new Ledger(new Spending(50, 10, 100), 15, 0.05);

    private static Cost seconds(double seconds) {
        return new Cost(seconds, 100);
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
        assertThat(new Ledger(new Spending(0, 0, 100, 900, 0, 900), 15, 0).fits(Cost.UNKNOWN)).isFalse();
    }

    @Test
    void tokensAreAsScarceAsSeconds() {
        Ledger scarce = new Ledger(new Spending(0, 0, 100, 500, 100, 1_000), 10, 0.1);
        assertThat(scarce.forRounds().tokens()).isEqualTo(300);
        assertThat(scarce.forRepeats().tokens()).isEqualTo(400);
        assertThat(scarce.fits(new Cost(1, 300))).isTrue();
        assertThat(scarce.fits(new Cost(1, 301))).isFalse();
        assertThat(scarce.fitsRepeats(new Cost(1, 400))).isTrue();
        assertThat(scarce.refusal(new Cost(1, 301))).contains("needs about 301 tokens, 300 are left");
        assertThat(Ledger.isRefusal(scarce.refusal(new Cost(1, 301)))).isTrue();
        assertThat(ledger.fits(new Cost(1, 1e12))).as("without a limit").isTrue();
    }

    @Test
    void aRefusalIsKnownByItsText() {
        assertThat(Ledger.isRefusal(ledger.refusal(seconds(200)))).isTrue();
        assertThat(Ledger.isRefusal("too dear")).isFalse();
        assertThat(ledger.refusal(seconds(200))).contains("200 s").contains("20 s").contains("15 s");
    }
}
