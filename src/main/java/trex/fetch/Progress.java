package trex.fetch;

/// Hears how far a transfer is.
@FunctionalInterface
public interface Progress {
    Progress SILENT = (what, done, total) -> {};

    /// @param what is done, for example "downloading train.tsv"
    /// @param done bytes done
    /// @param total bytes in all, or -1 where that is unknown
    void at(String what, long done, long total);
}
