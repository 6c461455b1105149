package trex.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Lets a model write behind prompts, many at once.
public final class Generator {
    private final LanguageModel model;
    private final Set<Integer> stops;
    private final Sampling sampling;

    /// @param stops ids that end a text
    public Generator(LanguageModel model, Set<Integer> stops, Sampling sampling) {
        this.model = model;
        this.stops = Set.copyOf(stops);
        this.sampling = sampling;
    }

    /// Hears each token as it is written.
    @FunctionalInterface
    public interface TokenListener {
        TokenListener SILENT = (_, _) -> true;

        /// @param prompt index of the prompt
        /// @return whether to go on writing behind this prompt
        boolean written(int prompt, int token);
    }

    /// Writes behind each prompt up to a stop, `room` tokens, or the end of the model's context.
    ///
    /// @param prompts ids, none empty
    /// @param room most tokens to write behind a prompt, at least 1
    /// @return for each prompt what was written, the stop not included
    /// @throws InterruptedException between tokens
    public List<int[]> write(List<int[]> prompts, int room, TokenListener listener) throws InterruptedException {
        PromptBatch batch = PromptBatch.of(prompts);
        return write(model.decoding(batch.packed(), batch.paths(), room), room, listener);
    }

    /// The same behind a prefix of all prompts that the model has run before.
    public List<int[]> write(List<int[]> prompts, int room, KnownPrefix prefix) throws InterruptedException {
        PromptBatch batch = prefix.length() == 0 ? PromptBatch.of(prompts) : PromptBatch.of(prompts, prefix.length());
        return write(model.decoding(batch.packed(), batch.paths(), room, prefix), room, TokenListener.SILENT);
    }

    private List<int[]> write(Decoding begun, int room, TokenListener listener) throws InterruptedException {
        List<Text> texts = IntStream.range(0, begun.sequences()).mapToObj(i -> new Text(i, listener)).toList();
        try (Decoding decoding = begun) {
            List<Text> open = texts;
            for (int written = 1; !open.isEmpty(); written++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                choose(decoding, open);
                open = unfinished(decoding, open);
                if (written == room || !decoding.hasRoom()) {
                    break;
                }
                if (!open.isEmpty()) {
                    decoding.write(open.stream().mapToInt(t -> t.last).toArray());
                }
            }
        }
        return texts.stream().map(Text::ids).toList();
    }

    private void choose(Decoding decoding, List<Text> texts) {
        switch (sampling) {
            case Sampling.Greedy() -> {
                int[] next = decoding.mostLikely();
                for (int i = 0; i < next.length; i++) {
                    texts.get(i).take(next[i]);
                }
            }
            case Sampling.Drawn drawn -> {
                float[] logits = decoding.logits();
                int vocabulary = model.config().vocabulary();
                for (int i = 0; i < texts.size(); i++) {
                    Text text = texts.get(i);
                    text.take(drawn.draw(logits, i * vocabulary, vocabulary, text.random(drawn.seed())));
                }
            }
        }
    }

    /// Finished texts leave the batch once they are half of it: closing ranks moves the caches.
    private static List<Text> unfinished(Decoding decoding, List<Text> texts) {
        int[] going = IntStream.range(0, texts.size()).filter(i -> !texts.get(i).finished).toArray();
        if (going.length > 0 && 2 * going.length > texts.size()) {
            return texts;
        }
        if (going.length > 0) {
            decoding.keep(going);
        }
        return Arrays.stream(going).mapToObj(texts::get).toList();
    }

    /// What is being written behind one prompt.
    private final class Text {
        private final int index;
        private final TokenListener listener;
        private final List<Integer> written = new ArrayList<>();
        private @Nullable SplittableRandom random;
        private boolean finished;
        private int last;

        Text(int index, TokenListener listener) {
            this.index = index;
            this.listener = listener;
        }

        void take(int token) {
            last = token; // a finished text goes on reading its stop until it leaves the batch
            finished |= stops.contains(token);
            if (!finished) {
                written.add(token);
                finished = !listener.written(index, token);
            }
        }

        SplittableRandom random(long seed) {
            if (random == null) {
                random = new SplittableRandom(seed * 1_000_003 + index);
            }
            return random;
        }

        int[] ids() {
            return written.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
