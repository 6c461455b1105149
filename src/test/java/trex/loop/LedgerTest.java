package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trex.model.Spending;

class LedgerTest {
    private final Ledger ledger = new Ledger(new Spending(50, 10, 100), 15, 5);

    @Test
    void theFinalTestAndTheRepeatsAreSetAsideBesideWhatIsSpentAndReserved() {
        assertThat(ledger.forRounds()).isEqualTo(20);
        assertThat(ledger.forRepeats()).isEqualTo(25);
        assertThat(ledger.fits(20)).isTrue();
        assertThat(ledger.fits(20.1)).isFalse();
    }

    @Test
    void workOfUnknownCostFitsWhileAnythingIsLeft() {
        assertThat(ledger.fits(Double.NaN)).isTrue();
        assertThat(new Ledger(new Spending(90, 0, 100), 15, 0).fits(Double.NaN)).isFalse();
    }

    @Test
    void aRefusalIsKnownByItsText() {
        assertThat(Ledger.isRefusal(ledger.refusal(200))).isTrue();
        assertThat(Ledger.isRefusal("too dear")).isFalse();
        assertThat(ledger.refusal(200)).contains("200 s").contains("20 s").contains("15 s");
    }
}
