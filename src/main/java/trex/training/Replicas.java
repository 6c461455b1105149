package trex.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import trex.lm.ComputeDevice;
import trex.lm.LanguageModel;
import trex.lm.UnreadableModel;

/// The same model on each of several devices, which divide the batches of a step among them (data
/// parallelism): batch `i` goes to device `i` modulo their number. After the step the first one, the
/// leader, has the sum of all gradients, is moved by it, and the others take its weights over. Sums are
/// formed in the devices' order, so that the same batches give the same bits.
public final class Replicas implements AutoCloseable {
    private final List<LanguageModel> models;
    private final ExecutorService threads;

    private Replicas(List<LanguageModel> models) {
        this.models = List.copyOf(models);
        this.threads = Executors.newFixedThreadPool(
                Math.max(1, models.size() - 1), Thread.ofPlatform().daemon().name("device-", 1).factory());
        followers().forEach(LanguageModel::collectGradients);
        align();
    }

    /// Opens the model on one device.
    @FunctionalInterface
    public interface Opening {
        LanguageModel on(ComputeDevice device) throws UnreadableModel;
    }

    /// @param devices one at least
    /// @param opening gives the same model on each
    public static Replicas open(List<ComputeDevice> devices, Opening opening) throws UnreadableModel {
        List<LanguageModel> models = new ArrayList<>();
        try {
            for (ComputeDevice device : devices) {
                models.add(opening.on(device));
            }
            return new Replicas(models);
        } catch (UnreadableModel | RuntimeException | Error e) {
            models.forEach(LanguageModel::close);
            throw e;
        }
    }

    /// One that is its owner's to close.
    static Replicas of(LanguageModel model) {
        return new Replicas(List.of(model));
    }

    int size() {
        return models.size();
    }

    /// The one that is measured, saved and moved by the optimizer.
    LanguageModel leader() {
        return models.getFirst();
    }

    private List<LanguageModel> followers() {
        return models.subList(1, models.size());
    }

    /// Runs one part of some work.
    ///
    /// @param <T> what comes of it
    @FunctionalInterface
    interface Pass<T> {
        T through(LanguageModel model, int part);
    }

    /// Runs parts, as many at a time as there are devices; the leader's on this thread.
    ///
    /// @return what came of them, in their order
    <T> List<T> each(int parts, Pass<T> pass) {
        List<CompletableFuture<List<T>>> others = IntStream.range(1, size())
                .mapToObj(replica -> CompletableFuture.supplyAsync(() -> share(replica, parts, pass), threads))
                .toList();
        List<List<T>> shares = new ArrayList<>();
        try {
            shares.add(share(0, parts, pass));
        } finally {
            settle(others); // after a fault here nothing may go on with models that are about to be closed
        }
        others.forEach(other -> shares.add(joined(other)));
        return IntStream.range(0, parts).mapToObj(part -> shares.get(part % size()).get(part / size())).toList();
    }

    private <T> List<T> share(int replica, int parts, Pass<T> pass) {
        List<T> done = new ArrayList<>();
        for (int part = replica; part < parts; part += size()) {
            done.add(pass.through(models.get(replica), part));
        }
        return done;
    }

    private static void settle(List<? extends CompletableFuture<?>> others) {
        CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).handle((_, _) -> true).join();
    }

    /// A fault of another device's thread is this one's.
    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw e;
            }
        }
    }

    /// Makes all what the leader is before a step: its base, which another device may have left with
    /// another rest and a checkpoint may have replaced, and its weights.
    void align() {
        followers().forEach(follower -> follower.departFrom(leader().start()));
        spread();
    }

    /// Adds all gradients to the leader's.
    void gather() {
        followers().forEach(follower -> leader().takeGradientsOf(follower));
    }

    /// Gives the leader's weights to all.
    void spread() {
        followers().forEach(follower -> follower.follow(leader()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        models.forEach(LanguageModel::close);
    }
}
