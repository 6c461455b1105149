package trex.executor;

import java.nio.file.Path;
import trex.model.RunOutcome;

/// A process that starts a run and waits for it, as the workbench does: made to be killed.
final class WorkbenchStandIn {
    private WorkbenchStandIn() {}

    /// @param args home folder, name of the run, steps, milliseconds a step
    public static void main(String... args) throws InterruptedException {
        Path home = Path.of(args[0]);
        WorkerSettings small = new WorkerSettings(1, WorkerSettings.ofThisMachine().dedicated(), 64);
        WorkerCommand command = new WorkerCommand(home, small, ToyWorker.class.getName(), true);
        RunOutcome outcome = new LocalRunner(home, command, null)
                .start(Requests.toy(args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3])), _ -> {})
                .await();
        System.out.println(outcome);
    }
}
