package trex.executor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.json.Json;
import trex.lm.UnreadableModel;

/// The process that does something with a model while a person waits: export or chat. It reads its
/// request from the first line of its input; on refusal it ends with 1 and a sentence on the error
/// output.
public final class ModelTool {
    static final String EXPORT = "export";
    static final String CHAT = "chat";

    private static final Logger LOG = LoggerFactory.getLogger(ModelTool.class);

    private ModelTool() {}

    /// @param args what to do, `export` or `chat`
    public static void main(String... args) {
        Path home = Path.of(System.getenv("TREX_HOME"));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Runtime.getRuntime().halt(carryOut(args[0], home, in, out, err)); // nothing native is worth waiting for
    }

    private static int carryOut(String what, Path home, BufferedReader in, PrintStream out, PrintStream err) {
        try {
            String request = in.readLine();
            switch (what) {
                case EXPORT -> new Export(home).write(Json.mapper().readValue(request, ExportRequest.class));
                case CHAT -> new ChatWork(home, in, out).carryOut(Json.mapper().readValue(request, ChatRequest.class));
                default -> throw new IllegalArgumentException("cannot " + what);
            }
            return 0;
        } catch (WorkFailed | UnreadableModel e) {
            LOG.info("refused", e);
            err.println(e.getMessage());
        } catch (FileAlreadyExistsException e) {
            LOG.info("refused", e);
            err.println(e.getFile() + " is already there; name a new folder");
        } catch (IOException e) {
            LOG.warn("reading or writing failed", e);
            err.println("Reading or writing failed: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            LOG.warn("out of memory", e);
            err.println("Memory ran out: " + e.getMessage());
        } catch (RuntimeException | LinkageError | InterruptedException e) {
            LOG.error("fault in a model's process", e); // the outermost edge of this process
            err.println("A fault of this program: " + e);
        }
        return 1;
    }
}
