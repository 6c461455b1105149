package trex.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.loop.Fixtures;
import trex.loop.StudyStore;
import trex.loop.StudyStore.StoreFailure;
import trex.loop.StudyStoreContract;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;

class H2StudyStoreTest extends StudyStoreContract {
    @TempDir
    private Path home;

    @Override
    protected StudyStore fresh() {
        return H2StudyStore.open(home, CLOCK);
    }

    @Override
    protected StudyStore again(StudyStore open) {
        open.close();
        return H2StudyStore.open(home, CLOCK);
    }

    @Test
    void aSecondInstanceIsToldWhoHoldsTheFolder() {
        assertThatThrownBy(() -> H2StudyStore.open(home, CLOCK))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(home.toString())
                .hasMessageContaining("process " + ProcessHandle.current().pid())
                .hasMessageContaining("TREX_HOME");
    }

    @Test
    void anInterruptedCallerDoesNotCloseTheDatabase() {
        Path other = home.resolve("other");
        try (StudyStore store = H2StudyStore.open(other, CLOCK)) {
            StudyId id = store.create(Fixtures.mission(1, 1), StudySettings.DEFAULT);
            Thread.currentThread().interrupt();
            store.state(id, StudyState.RUNNING);
            assertThat(Thread.interrupted()).as("the interrupt is left for its owner").isTrue();
            assertThat(store.study(id).state()).isEqualTo(StudyState.RUNNING);
        }
    }

    @Test
    void aDatabaseThatCannotBeReadIsNamedAndLeftAlone() throws IOException {
        Path other = home.resolve("damaged");
        Path file = other.resolve("db/trex.mv.db");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "this is no database");
        assertThatThrownBy(() -> H2StudyStore.open(other, CLOCK))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("this is no database");
    }

    @Test
    void anOldBackupIsFollowedByANewOneAndSevenAreKept() throws IOException {
        Path other = home.resolve("backups");
        H2StudyStore.open(other, CLOCK).close();
        for (int day = 1; day <= 9; day++) {
            int days = day;
            H2StudyStore.open(other, () -> CLOCK.instant().plusSeconds(days * 100_000L)).close();
            try (Stream<Path> files = Files.list(other.resolve("db/backups"))) {
                for (Path file : files.toList()) {
                    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(CLOCK.instant()));
                }
            }
        }
        try (Stream<Path> files = Files.list(other.resolve("db/backups"))) {
            assertThat(files).hasSize(7).noneMatch(f -> f.toString().contains("20261126"));
        }
    }
}
