package trex.executor;

/// A worker process that carries out the toy workload.
final class ToyWorker {
    private ToyWorker() {}

    public static void main(String... args) {
        Worker.run(new ToyWorkload(), args);
    }
}
