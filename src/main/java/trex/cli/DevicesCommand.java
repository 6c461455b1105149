package trex.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import trex.executor.LocalDevices;

/// `trex devices`: what runs can compute on here, and why not on more.
@Command(name = "devices", description = "List the devices that runs can compute on, and why not on others.")
final class DevicesCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin private final HomeOption home = new HomeOption();

    DevicesCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        new DevicesText(LocalDevices.of(home.or(wiring.home()), System.getenv())).lines().forEach(terminal.out()::println);
        return ExitCode.OK;
    }
}
