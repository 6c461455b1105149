package trex.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MissionDraftTest {
    @Test
    void aMissionIsCalledAsItsFile() {
        assertThat(MissionDraft.name("/home/me/letters of 2025.csv")).isEqualTo("letters-of-2025");
        assertThat(MissionDraft.name("C:\\data\\reviews\\")).isEqualTo("reviews");
        assertThat(MissionDraft.name("éé.csv")).isEqualTo("own");
        assertThat(MissionDraft.name("x".repeat(60))).hasSize(40);
    }

    @Test
    void thePromptListsTheAnswersOnce() {
        String listed = MissionDraft.listing("{text}", List.of("bill", "other"));
        assertThat(listed).isEqualTo("{text}\n\nAnswer with one of: bill, other.");
        assertThat(MissionDraft.listing(listed, List.of("yes", "no"))).isEqualTo("{text}\n\nAnswer with one of: yes, no.");
        assertThat(MissionDraft.listing(listed, List.of())).isEqualTo("{text}");
    }

    @Test
    void aTenthIsHeldBackAtMost200() {
        assertThat(MissionDraft.usuallyHeld(3)).isEqualTo(1);
        assertThat(MissionDraft.usuallyHeld(500)).isEqualTo(50);
        assertThat(MissionDraft.usuallyHeld(1_000_000)).isEqualTo(200);
    }
}
