package trex.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import trex.fetch.AllowedHosts;
import trex.fetch.Downloads;
import trex.fetch.ModelCatalogue;
import trex.fetch.ModelEntry;
import trex.fetch.Places;
import trex.fetch.Unavailable;
import trex.json.Json;
import trex.model.DeviceList;
import trex.model.ModelFiles;

/// Exports models and speaks with them, each in a process of its own: this one never loads the
/// numeric library.
public final class ModelProcess {
    private final Places places;
    private final WorkerSettings settings;

    /// @param home the program's home folder
    /// @param installation the folder that holds `assets/`
    public ModelProcess(Path home, Path installation, WorkerSettings settings) {
        this.places = Places.of(home, installation, System.getenv());
        this.settings = settings;
    }

    /// A request that cannot be met; the message is a sentence for the person.
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }

        Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// Brings a base model here.
    ///
    /// @param model a name of the catalogue, or a path
    /// @param progress hears what is being done, in words
    public ModelFiles find(String model, Consumer<String> progress) throws Failed, InterruptedException {
        Downloads downloads = new Downloads(AllowedHosts.standard(places.hub()), Downloads.Limits.GENEROUS);
        try {
            return new ModelCatalogue(places, downloads).find(model, (what, _, _) -> progress.accept(what));
        } catch (Unavailable e) {
            throw new Failed(String.valueOf(e.getMessage()), e);
        }
    }

    /// The licence of a model of the catalogue; empty for any other.
    public static String licence(ModelFiles model) {
        return ModelCatalogue.builtIn().stream()
                .filter(entry -> entry.name().equals(model.name()))
                .map(ModelEntry::licence)
                .findFirst().orElse("");
    }

    /// Writes a model into a new folder.
    public void export(ExportRequest request) throws Failed, InterruptedException {
        Process process = start(ModelTool.EXPORT, request);
        try {
            String words = lastWords(process);
            if (process.waitFor() != 0) {
                throw new Failed(words);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /// Begins a conversation. Takes as long as loading the model.
    public Conversation converse(TunedModel model, ChatSettings how) throws Failed, InterruptedException {
        return Conversation.begin(start(ModelTool.CHAT, new ChatRequest(model, how)));
    }

    private Process start(String what, Object request) throws Failed {
        Path logs = places.home().resolve("logs");
        try {
            Files.createDirectories(logs);
            List<String> command = new ArrayList<>(
                    WorkerJvm.command(settings, logs.resolve("hs_err_" + what + ".log"), logs.resolve(what + ".log")));
            command.addAll(List.of(ModelTool.class.getName(), what));
            ProcessBuilder builder = new ProcessBuilder(command);
            WorkerEnvironment.apply(builder.environment(), places.home(), settings, DeviceList.of("cpu"));
            Process process = builder.start();
            send(process, request);
            return process;
        } catch (IOException e) {
            throw new Failed("The process that would " + what + " cannot be started: " + e.getMessage(), e);
        }
    }

    /// Writes one line to a process.
    static void send(Process process, Object line) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((json(line) + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    private static String json(Object line) {
        try {
            return Json.mapper().writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request is plain data", e);
        }
    }

    /// The sentence with which an ended process refused.
    static String lastWords(Process process) throws Failed, InterruptedException {
        try {
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = process.waitFor();
            return said.isEmpty() ? "The process ended with status " + code + " without a word" : lastLine(said);
        } catch (IOException e) {
            throw new Failed("The process ended, and its words are lost: " + e.getMessage(), e);
        }
    }

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }
}
