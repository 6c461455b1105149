package trex.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trex.executor.Estimate;

/// An estimate in lines for the terminal.
final class EstimateText {
    private static final double MEBI = 1 << 20;
    private static final double GIBI = 1 << 30;

    private EstimateText() {}

    static List<String> lines(Estimate estimate) {
        List<String> lines = new ArrayList<>(List.of(
                String.format(Locale.ROOT, "time    %s: start %s, %,d examples %s, measuring %s",
                        duration(estimate.seconds()), duration(estimate.start()), estimate.examples(),
                        duration(estimate.training()), duration(estimate.measuring())),
                "memory  " + bytes(estimate.memory()) + " at its peak",
                "disk    " + bytes(estimate.disk()) + " while it runs, " + bytes(estimate.kept()) + " afterwards"));
        estimate.choices().forEach(choice -> lines.add("chosen  " + choice));
        lines.add(estimate.rehearsal() > 0
                ? "learnt just now from a few steps, in " + duration(estimate.rehearsal()) + ", and kept"
                : "learnt from a few steps that were kept");
        return lines;
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole / 60 % 60);
    }

    private static String bytes(long bytes) {
        return bytes < GIBI
                ? String.format(Locale.ROOT, "%.0f MiB", bytes / MEBI)
                : String.format(Locale.ROOT, "%.2f GiB", bytes / GIBI);
    }
}
