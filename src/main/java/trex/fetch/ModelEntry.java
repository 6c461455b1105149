package trex.fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A base model of the catalogue and its sources, in the order in which they are tried.
///
/// @param name what a mission calls it
/// @param publisher folder of the model in mirrors and in the home folder: `publisher/model`; empty
///     for a model that comes with the installation
public record ModelEntry(String name, String description, String licence, String publisher, List<Source> sources) {
    public ModelEntry {
        sources = List.copyOf(sources);
    }

    /// One public place and the files it has.
    ///
    /// @param place which service `name` belongs to
    /// @param name folder of the installation, repository of the Hub, or `package==version`
    /// @param revision commit of the Hub's repository, or digest of the source package; else null
    /// @param files all that the model needs, if the place has them one by one or packed
    public record Source(Place place, String name, @Nullable String revision, List<File> files) {
        public Source {
            files = List.copyOf(files);
        }
    }

    /// @param path below `publisher/model`
    /// @param inside path within the source package; null elsewhere
    public record File(String path, long bytes, String sha256, @Nullable String inside) {}

    /// Kinds of places.
    public enum Place {
        INSTALLATION,
        HUB,
        PYPI
    }
}
