package trex.model;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// One typed step of a data recipe. Each is pure and seeded by the recipe; rows in, rows out.
public sealed interface DataOperator {
    /// Whether a language model is asked for it.
    default boolean asksModel() {
        return false;
    }

    /// Rows that come out of so many, as far as that can be told without looking at them.
    default double rowsOf(double rows) {
        return rows;
    }

    /// Keeps at most `count` rows, drawn without replacement.
    record Sample(int count) implements DataOperator {
        public Sample {
            if (count < 1) {
                throw new IllegalArgumentException("sample: count must be at least 1, got " + count);
            }
        }

        @Override
        public double rowsOf(double rows) {
            return Math.min(count, rows);
        }
    }

    /// Removes rows whose normalised prompt and answer equal an earlier row's.
    record Deduplicate() implements DataOperator {}

    /// Removes rows whose prompt has fewer than `minCharacters` or more than `maxCharacters` characters.
    record FilterLength(int minCharacters, int maxCharacters) implements DataOperator {
        public FilterLength {
            if (minCharacters < 0 || maxCharacters < minCharacters) {
                throw new IllegalArgumentException("filter length: need 0 <= min <= max, got "
                        + minCharacters + ".." + maxCharacters);
            }
        }
    }

    /// Removes the given share of the rows, those with the shortest prompts: short rows are often
    /// fragments that teach little about whole ones.
    record DropShortest(double share) implements DataOperator {
        public DropShortest {
            if (!(share >= 0 && share <= 0.99)) {
                throw new IllegalArgumentException("drop shortest: share must be 0..0.99, got " + share);
            }
        }

        @Override
        public double rowsOf(double rows) {
            return (1 - share) * rows;
        }
    }

    /// Draws rows so that every answer is equally frequent, at the size of the rarest.
    record BalanceAnswers() implements DataOperator {}

    /// Orders rows from short to long prompts instead of at random.
    record ShortFirst() implements DataOperator {}

    /// Orders rows from prompts of common words to prompts of rare ones instead of at random (the
    /// rarity curriculum of Platanios et al. 2019, arXiv 1903.09848).
    record CommonFirst() implements DataOperator {}

    /// Tidies prompts: no control or invisible characters, composed letters, one blank between words.
    ///
    /// @param markup whether tags and the usual entities of HTML go as well
    record Clean(boolean markup) implements DataOperator {}

    /// Keeps the rows whose prompt has a match of a regular expression, or those that have none.
    record FilterPattern(String pattern, boolean keep) implements DataOperator {
        public FilterPattern {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("filter pattern: \"" + pattern + "\" is no regular expression: "
                        + e.getDescription() + " at position " + e.getIndex(), e);
            }
        }
    }

    /// Keeps the rows of whose prompt's letters at least `share` belong to a writing system.
    ///
    /// @param script a name of Unicode's, for example `latin`, `cyrillic`, `han`
    record FilterScript(String script, double share) implements DataOperator {
        public FilterScript {
            try {
                Character.UnicodeScript.forName(script);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("filter script: \"" + script
                        + "\" is no writing system of Unicode's; for example latin, cyrillic, greek, han, arabic", e);
            }
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("filter script: share must be above 0 and at most 1, got " + share);
            }
        }
    }

    /// Removes rows that repeat themselves: those in whose prompt more than `share` of the runs of
    /// three words stand a second time (Rae et al. 2021, Gopher, arXiv 2112.11446, appendix A).
    record FilterRepeats(double share) implements DataOperator {
        public FilterRepeats {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException("filter repeats: share must be at least 0 and below 1, got " + share);
            }
        }
    }

    /// Removes rows whose prompt is nearly an earlier row's and whose answer is the same, or nearly
    /// the same where it is long. MinHash finds the candidates (Broder 1997).
    ///
    /// @param similarity shared part of the runs of five characters from which on two texts are
    ///     near duplicates, above 0, at most 1
    record DropNearDuplicates(double similarity) implements DataOperator {
        public DropNearDuplicates {
            if (!(similarity > 0 && similarity <= 1)) {
                throw new IllegalArgumentException(
                        "drop near duplicates: similarity must be above 0 and at most 1, got " + similarity);
            }
        }
    }

    /// Takes rows of several sources in the given proportion, without repeating any, as many as
    /// the scarcest source allows.
    ///
    /// @param weights relative number of rows by the source's file name; a source that is not named
    ///     is left out
    record WeightSources(Map<String, Double> weights) implements DataOperator {
        public WeightSources {
            weights = Map.copyOf(weights);
            weights.forEach((source, weight) -> {
                if (!(weight > 0 && weight <= 1e6)) {
                    throw new IllegalArgumentException(
                            "weight sources: weight of " + source + " must be above 0 and at most 1e6, got " + weight);
                }
            });
            if (weights.isEmpty()) {
                throw new IllegalArgumentException("weight sources: weights are empty");
            }
        }
    }

    /// Takes rows of several sources in proportion to their size to the power `1 - evenness`, without
    /// repeating any: 0 takes all as they are, 1 the same number of each (the smoothing of
    /// Conneau et al. 2019, XLM-R, arXiv 1911.02116, has evenness 0.7).
    record MixSources(double evenness) implements DataOperator {
        public MixSources {
            if (!(evenness >= 0 && evenness <= 1)) {
                throw new IllegalArgumentException("mix sources: evenness must be 0..1, got " + evenness);
            }
        }
    }

    /// Adds `copies` of every row in whose prompt a share of the words is left out or swapped with
    /// its neighbour (Wei and Zou 2019, EDA, arXiv 1901.11196). Words that all prompts share are the
    /// template's and stay. For tasks whose answer does not hang on single words.
    ///
    /// @param rate share of the words that are touched, above 0, at most 0.5
    record AugmentWords(int copies, double rate) implements DataOperator {
        public AugmentWords {
            if (copies < 1 || copies > 10) {
                throw new IllegalArgumentException("augment words: copies must be 1..10, got " + copies);
            }
            if (!(rate > 0 && rate <= 0.5)) {
                throw new IllegalArgumentException("augment words: rate must be above 0 and at most 0.5, got " + rate);
            }
        }

        @Override
        public double rowsOf(double rows) {
            return (1 + copies) * rows;
        }
    }

    /// Orders rows so that every beginning is diverse: each row is the one least like all before it
    /// (Sener and Savarese 2018, arXiv 1708.00489, on signatures of texts instead of embeddings). Of
    /// the first 10,000 rows; the rest follow at random. Stands before a sample.
    record DiverseFirst() implements DataOperator {}

    /// Chooses `count` rows so that every row that is left out has a chosen one near it: greedy
    /// k-centre on embeddings (Sener and Savarese 2018, arXiv 1708.00489). Of the first 20,000 rows.
    /// Every beginning of what is chosen is as diverse, so that a sample of it is too.
    record SelectDiverse(int count, Embedding embedding) implements DataOperator {
        /// Rows that are looked at.
        public static final int POOL = 20_000;

        public SelectDiverse {
            if (count < 1 || count > POOL) {
                throw new IllegalArgumentException("select diverse: count must be 1.." + POOL + ", got " + count);
            }
        }

        @Override
        public boolean asksModel() {
            return embedding == Embedding.MODEL;
        }

        @Override
        public double rowsOf(double rows) {
            return Math.min(count, rows);
        }
    }

    /// Removes rows whose embedding is closer than `distance` to that of an earlier row that is kept,
    /// whatever they are answered (the diversity filter of DEITA, Liu et al. 2023, arXiv 2312.15685).
    /// Of the first 20,000 rows; the rest is left out.
    ///
    /// @param distance one minus the cosine of the angle between two embeddings, above 0, at most 1
    record DropAlike(double distance, Embedding embedding) implements DataOperator {
        public DropAlike {
            if (!(distance > 0 && distance <= 1)) {
                throw new IllegalArgumentException("drop alike: distance must be above 0 and at most 1, got " + distance);
            }
        }

        @Override
        public boolean asksModel() {
            return embedding == Embedding.MODEL;
        }
    }

    /// Keeps the rows that a language model gives at least `least` of 10 points, best first, so that a
    /// sample takes the best (Chen et al. 2023, AlpaGasus, arXiv 2307.08701). A row that the model gives
    /// no readable number twice is left out.
    ///
    /// @param criterion what makes a row good, in words
    record ScoreRows(String criterion, double least) implements DataOperator {
        public ScoreRows {
            if (criterion.isBlank()) {
                throw new IllegalArgumentException("score rows: criterion is empty; say what makes a row good");
            }
            if (!(least > 0 && least <= 10)) {
                throw new IllegalArgumentException("score rows: least must be above 0 and at most 10, got " + least);
            }
        }

        @Override
        public boolean asksModel() {
            return true;
        }
    }

    /// Adds rows that a language model writes after examples of the others (Wang et al. 2022,
    /// Self-Instruct, arXiv 2212.10560): asks for `count`, adds those that pass the checks. Their source
    /// is named `generated`.
    ///
    /// @param wish what is wanted, in words
    record GenerateRows(int count, String wish) implements DataOperator {
        /// Rows that can be asked for.
        public static final int MOST = 50_000;

        public GenerateRows {
            if (count < 1 || count > MOST) {
                throw new IllegalArgumentException("generate rows: count must be 1.." + MOST + ", got " + count);
            }
            if (wish.isBlank()) {
                throw new IllegalArgumentException("generate rows: wish is empty; say what is wanted");
            }
        }

        @Override
        public boolean asksModel() {
            return true;
        }

        @Override
        public double rowsOf(double rows) {
            return rows + count;
        }
    }
}
