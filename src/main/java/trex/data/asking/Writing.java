package trex.data.asking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import trex.data.BrokenData;
import trex.data.HeldOut;
import trex.data.NormalText;
import trex.data.operator.Frame;
import trex.data.operator.NearIndex;
import trex.data.operator.Sketch;
import trex.json.Json;
import trex.model.Example;
import trex.model.RowForm;

/// Has further rows written after examples of the training split (Wang et al. 2022, Self-Instruct,
/// arXiv 2212.10560). What is written passes the gate of rows that are read: allowed answers, no longer
/// than the longest row, near to no row that is there or is held out.
final class Writing {
    private static final int SHOTS = 4;
    private static final double NEAR = 0.8;
    private static final String REMINDER =
            "Answer with one JSON object with the two texts \"prompt\" and \"answer\", and nothing else.";
    private static final int MOST_TOKENS = 2048;

    private final Prompt prompt = new Prompt("generate.txt");
    private final Questions questions;
    private final List<String> allowed;
    private final HeldOut heldOut;
    private final long seed;

    /// @param allowed answers of a classification; empty for free text
    Writing(Questions questions, List<String> allowed, HeldOut heldOut, long seed) {
        this.questions = questions;
        this.allowed = allowed;
        this.heldOut = heldOut;
        this.seed = seed;
    }

    Asked added(List<Example> rows, int count, String wish) throws BrokenData, InterruptedException {
        if (rows.getFirst().form() != RowForm.ANSWERED) {
            throw new BrokenData("generate rows: only rows of a prompt and an answer can be written, not plain text, "
                    + "compared or rated answers");
        }
        Frame frame = Frame.of(rows).atWords(rows.getFirst().prompt());
        int longest = longest(rows, frame);
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(question(rows, frame, wish, i, count));
        }
        int tokens = Math.min(MOST_TOKENS, 64 + longest);
        List<Optional<Written>> written = questions.read(asked, tokens, Written::read, REMINDER);
        return gated(rows, frame, longest, written);
    }

    private String question(List<Example> rows, Frame frame, String wish, int number, int count) {
        Random random = new Random(seed * 1_000_003 + number);
        String shots = random.ints(0, rows.size()).distinct().limit(Math.min(SHOTS, rows.size()))
                .mapToObj(rows::get)
                .map(row -> Json.mapper().valueToTree(new Written(
                        Prompt.shown(frame.core(row.prompt()).strip()), Prompt.shown(row.answer()))).toString())
                .collect(Collectors.joining("\n"));
        String answer = allowed.isEmpty() ? "" : "The answer must be " + Json.mapper().valueToTree(wanted(number)) + ".\n";
        return prompt.filled(Map.of("wish", wish, "examples", shots, "answer", answer,
                "number", Integer.toString(number + 1), "count", Integer.toString(count)));
    }

    private String wanted(int number) {
        return allowed.get(number % allowed.size());
    }

    private Asked gated(List<Example> rows, Frame frame, int longest, List<Optional<Written>> written) {
        NearIndex index = new NearIndex(NEAR);
        rows.forEach(row -> index.add(sketch(frame, row.prompt())));
        List<Example> all = new ArrayList<>(rows);
        int[] refused = new int[Refusal.values().length];
        for (int i = 0; i < written.size(); i++) {
            Example row = written.get(i).map(w -> row(rows.getFirst(), frame, w, all.size() - rows.size() + 1)).orElse(null);
            Refusal why = row == null ? Refusal.UNREADABLE
                    : refusal(row, written.get(i).orElseThrow(), allowed.isEmpty() ? null : wanted(i), longest, frame, index);
            if (row != null && why == Refusal.NONE) {
                index.add(sketch(frame, row.prompt()));
                all.add(row);
            } else {
                refused[why.ordinal()]++;
            }
        }
        Collections.shuffle(all, new Random(seed));
        return new Asked(all, Refusal.told(refused));
    }

    private Refusal refusal(Example row, Written written, @org.jspecify.annotations.Nullable String wanted, int longest,
            Frame frame, NearIndex index) {
        if (written.prompt().isEmpty() || written.answer().isEmpty()) {
            return Refusal.EMPTY;
        }
        if (wanted != null && !wanted.equals(written.answer())) {
            return Refusal.OTHER_ANSWER;
        }
        if (written.prompt().length() + written.answer().length() > longest) {
            return Refusal.TOO_LONG;
        }
        if (index.anyNear(sketch(frame, row.prompt()))) {
            return Refusal.REPEAT;
        }
        return heldOut.touches(row.prompt()) ? Refusal.HELD_OUT : Refusal.NONE;
    }

    private static Example row(Example like, Frame frame, Written written, int number) {
        String prompt = frame.around(like.prompt(), written.prompt());
        return new Example("generated:" + number, like.system(), prompt, written.answer());
    }

    private static byte[] sketch(Frame frame, String prompt) {
        return Sketch.of(NormalText.of(frame.core(prompt)));
    }

    /// Characters of the longest row's own part and answer.
    private static int longest(List<Example> rows, Frame frame) {
        return rows.stream().mapToInt(row -> frame.core(row.prompt()).length() + row.answer().length()).max().orElse(0);
    }

    /// Why a written row is left out.
    private enum Refusal {
        NONE, UNREADABLE, EMPTY, OTHER_ANSWER, TOO_LONG, REPEAT, HELD_OUT;

        private static final List<String> WORDS = List.of("taken", "unreadable", "empty", "with another answer",
                "too long", "near repeats", "near held-out rows");

        static String told(int[] counts) {
            List<String> parts = new ArrayList<>();
            for (int i = 1; i < counts.length; i++) {
                if (counts[i] > 0) {
                    parts.add(counts[i] + " " + WORDS.get(i));
                }
            }
            return String.join(", ", parts);
        }
    }
}
