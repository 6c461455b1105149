package trex.gui.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import trex.model.ByteCount;
import trex.model.Node;
import trex.model.Rounded;
import trex.model.Score;
import trex.model.SeedScores;

/// Figures as the person reads them, the same everywhere on screen.
public final class Figures {
    private Figures() {}

    /// `0.813 ± 0.011`, or a dash.
    public static String score(@Nullable Score score) {
        return score == null ? "–" : value(score.value()) + " ± " + value(score.standardError());
    }

    /// A node's score, or the mean of its seeds where several have spoken: `0.806 · 2 seeds`.
    public static String measured(Node node) {
        return SeedScores.of(node).map(s -> value(s.mean()) + " · " + s.seeds() + " seeds").orElseGet(() -> score(node.score()));
    }

    /// The value of [#measured(Node)] alone, or a dash.
    public static String measuredValue(Node node) {
        Score score = node.score();
        return SeedScores.of(node).map(s -> value(s.mean())).orElse(score == null ? "–" : value(score.value()));
    }

    public static String value(double value) {
        return Rounded.of(value, 3);
    }

    /// How far behind: `−0.013`, or `0.000`.
    public static String behind(double distance) {
        String text = value(distance);
        return Double.parseDouble(text) == 0 ? text : "−" + text;
    }

    /// Two decimals, without a currency.
    public static String money(double amount) {
        return String.format(Locale.ROOT, "%.2f", amount);
    }

    /// `0:07`, `12:30` or `1:02:03`; a dash where it is unknown.
    public static String duration(double seconds) {
        if (!Double.isFinite(seconds) || seconds < 0) {
            return "–";
        }
        long s = Math.round(seconds);
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }

    /// `512 MiB` or `1.9 GiB`.
    public static String bytes(long bytes) {
        return new ByteCount(bytes).toString();
    }

    /// A whole number with its thousands apart: `1,600`.
    public static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// Three digits, without zeros at the end.
    public static String compact(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        if (value != 0 && Math.abs(value) < 1e-3) {
            return String.format(Locale.ROOT, "%.1e", value).replace(".0e", "e").replace("e-0", "e-");
        }
        if (Math.abs(value) >= 1000) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
    }

    /// An enum's constant in words: `ESTABLISH_BASELINE` is "establish baseline".
    public static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
