package trex.data.asking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import trex.data.BrokenData;
import trex.data.operator.Vectors;

/// Asks many questions, a few at a time, within the tokens that may be paid for.
final class Questions {
    private final TextModel model;
    private final int parallel;
    private final Purse purse;

    Questions(AskedModel asked) {
        model = asked.model();
        parallel = asked.parallel();
        purse = new Purse(asked.tokens());
    }

    /// What was paid so far.
    Purse purse() {
        return purse;
    }

    /// Asks and reads. An answer that cannot be read is asked for once more, with a reminder.
    ///
    /// @param tokens length of an answer at most
    /// @param reader nothing for what it cannot read
    /// @return in the questions' order; nothing where the model declines or cannot be read twice
    /// @throws BrokenData where the model cannot be asked any more
    <T> List<Optional<T>> read(List<String> questions, int tokens, Function<String, Optional<T>> reader, String reminder)
            throws BrokenData, InterruptedException {
        List<Reply<String>> replies = ask(questions, tokens);
        List<Optional<T>> read = new ArrayList<>();
        List<Integer> unread = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            read.add(text(replies.get(i)).flatMap(reader));
            if (read.getLast().isEmpty() && text(replies.get(i)).isPresent()) {
                unread.add(i);
            }
        }
        List<Reply<String>> again = ask(unread.stream().map(i -> questions.get(i) + "\n\n" + reminder).toList(), tokens);
        for (int i = 0; i < unread.size(); i++) {
            read.set(unread.get(i), text(again.get(i)).flatMap(reader));
        }
        return read;
    }

    /// A vector of length 1 for each text.
    List<float[]> embed(List<String> texts, int batch) throws BrokenData, InterruptedException {
        List<List<String>> batches = new ArrayList<>();
        for (int at = 0; at < texts.size(); at += batch) {
            batches.add(texts.subList(at, Math.min(texts.size(), at + batch)));
        }
        List<float[]> vectors = new ArrayList<>();
        for (Reply<List<float[]>> reply : all(batches.size(), i -> purse.pay(batches.get(i), 0, () -> model.embed(batches.get(i))))) {
            if (!(reply instanceof Reply.Answered<List<float[]>>(var answered, _))) {
                throw new BrokenData(model.embedder() + " makes no embeddings of these rows: " + ((Reply.Refused<?>) reply).reason());
            }
            answered.forEach(vector -> vectors.add(Vectors.ofLengthOne(doubles(vector))));
        }
        return vectors;
    }

    private static double[] doubles(float[] vector) {
        return IntStream.range(0, vector.length).mapToDouble(i -> vector[i]).toArray();
    }

    private List<Reply<String>> ask(List<String> questions, int tokens) throws BrokenData, InterruptedException {
        return all(questions.size(), i -> purse.pay(List.of(questions.get(i)), tokens, () -> model.complete(questions.get(i), tokens)));
    }

    private static Optional<String> text(Reply<String> reply) {
        return reply instanceof Reply.Answered<String>(String text, _) ? Optional.of(text) : Optional.empty();
    }

    /// Asks numbers 0 to `count - 1` on a few virtual threads. A question that ends all is the last one.
    private <T> List<Reply<T>> all(int count, Question<T> question) throws BrokenData, InterruptedException {
        List<Reply<T>> replies = new ArrayList<>(Collections.nCopies(count, new Reply.Refused<>("")));
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        Callable<Boolean> worker = () -> {
            for (int i = next.getAndIncrement(); i < count && !over.get(); i = next.getAndIncrement()) {
                try {
                    replies.set(i, goesOn(question.ask(i)));
                } catch (BrokenData e) {
                    over.set(true);
                    throw e;
                }
            }
            return true;
        };
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("asking-", 0).factory())) {
            List<Callable<Boolean>> workers = IntStream.range(0, Math.min(parallel, count)).mapToObj(_ -> worker).toList();
            for (Future<Boolean> done : threads.invokeAll(workers)) {
                await(done);
            }
        }
        return replies;
    }

    private static void await(Future<Boolean> done) throws BrokenData, InterruptedException {
        try {
            done.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case BrokenData broken -> throw broken;
                case InterruptedException interrupted -> throw interrupted;
                case null, default -> throw new IllegalStateException("asking a language model failed", e);
            }
        }
    }

    private static <T> Reply<T> goesOn(Reply<T> reply) throws BrokenData {
        return switch (reply) {
            case Reply.Answered<T> answered -> answered;
            case Reply.Refused<T> refused -> refused;
            case Reply.TimedOut<T>(String sentence) -> throw new BrokenData(sentence);
            case Reply.OverQuota<T>(String sentence) -> throw new BrokenData(sentence);
            case Reply.Unreachable<T>(String sentence) -> throw new BrokenData(sentence);
        };
    }

    /// One of several questions.
    @FunctionalInterface
    private interface Question<T> {
        Reply<T> ask(int number) throws BrokenData, InterruptedException;
    }
}
