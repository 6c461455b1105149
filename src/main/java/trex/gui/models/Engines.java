package trex.gui.models;

import java.nio.file.Path;
import java.util.List;
import trex.loop.Studies;

/// The numeric libraries for graphics cards. All methods may take long and touch disk or network.
public interface Engines {
    /// Those that are there or can be had.
    List<Offer> offers();

    /// Downloads and installs one. To be called after the person has agreed to its licences.
    ///
    /// @param name of one of [#offers()]
    void install(String name, Progress progress) throws Studies.Refused, InterruptedException;

    void remove(String name) throws Studies.Refused;

    /// @param licences under which its parts come
    /// @param hindrance why this machine could not use it, in a sentence; empty where it could
    record Offer(String name, String title, Path folder, boolean installed, long downloadBytes, long installedBytes,
            List<String> licences, String hindrance) {
        public Offer {
            licences = List.copyOf(licences);
        }
    }

    /// Hears what is being done, and of how many bytes.
    @FunctionalInterface
    interface Progress {
        void at(String what, long done, long total);
    }
}
