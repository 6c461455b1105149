package trex.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.loop.StudyStore.StoreFailure;

/// The database file and its one connection. A change is on disk when [#change] returns: without
/// `WRITE_DELAY=0` and `CHECKPOINT SYNC` H2 lost acknowledged commits at nearly every kill, and
/// without `async:` an interrupted thread closed the file.
final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final ReentrantLock turn = new ReentrantLock();
    private final Path folder;
    private final JdbcDataSource source = new JdbcDataSource();
    private @Nullable Connection connection;
    private boolean closed;

    /// @param folder holds the database, its backups and nothing else
    /// @throws StoreFailure if it cannot be opened or brought to this version
    Database(Path folder, InstantSource clock) {
        this.folder = folder;
        source.setURL("jdbc:h2:async:" + folder.resolve("trex").toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        source.setUser("trex");
        source.setPassword("");
        try {
            new Migration(source, folder, clock).bringUpToDate();
            connection = source.getConnection();
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw failure("open", e);
        }
    }

    /// Work on the connection that returns something.
    @FunctionalInterface
    interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    /// Work on the connection.
    @FunctionalInterface
    interface Change {
        void on(Connection connection) throws SQLException;
    }

    <T> T read(Query<T> query) {
        return inTurn("read", query);
    }

    /// Carries out all of it or nothing; on disk when it returns.
    <T> T changing(Query<T> change) {
        return inTurn("write", c -> {
            T result = change.on(c);
            c.commit();
            try (Statement statement = c.createStatement()) {
                statement.execute("CHECKPOINT SYNC");
            }
            return result;
        });
    }

    void change(Change change) {
        changing(c -> {
            change.on(c);
            return true;
        });
    }

    private <T> T inTurn(String verb, Query<T> query) {
        turn.lock();
        try {
            Connection open = open();
            boolean done = false;
            try {
                T result = query.on(open);
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollback(open);
                }
            }
        } catch (SQLException e) {
            if (isBroken(e)) {
                // The next call opens the file again; by then there may be space.
                disconnect();
            }
            throw failure(verb, e);
        } finally {
            turn.unlock();
        }
    }

    private Connection open() throws SQLException {
        if (closed) {
            throw new StoreFailure("the study database is closed");
        }
        Connection open = connection;
        if (open == null) {
            open = source.getConnection();
            open.setAutoCommit(false);
            connection = open;
        }
        return open;
    }

    private static void rollback(Connection open) {
        try {
            open.rollback();
        } catch (SQLException e) {
            LOG.warn("could not roll a change back", e);
        }
    }

    /// Whether H2 gave its file up: closed after an input or output error (90098), or one of its causes.
    private static boolean isBroken(SQLException e) {
        int code = e.getErrorCode();
        return code == ErrorCode.DATABASE_IS_CLOSED || code == ErrorCode.IO_EXCEPTION_1
                || code == ErrorCode.IO_EXCEPTION_2 || code == ErrorCode.OBJECT_CLOSED || causedByDisk(e);
    }

    private static boolean causedByDisk(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private StoreFailure failure(String verb, SQLException e) {
        String file = folder.resolve("trex.mv.db").toString();
        if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return new StoreFailure("the study database " + file + " is open in another program; close it", e);
        }
        long free = folder.toFile().getUsableSpace();
        if (isBroken(e) && free < (8 << 20)) {
            return new StoreFailure("cannot " + verb + " the study database " + file + ": the disk has only "
                    + (free >> 10) + " KiB left; free some space and go on", e);
        }
        return new StoreFailure("cannot " + verb + " the study database " + file + ": "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason"), e);
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.warn("could not close the study database", e);
            }
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            disconnect();
        } finally {
            turn.unlock();
        }
    }
}
