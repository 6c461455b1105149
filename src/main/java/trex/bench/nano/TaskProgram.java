package trex.bench.nano;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Writes the task files of the embedded default anew: `java trex.bench.nano.TaskProgram ft-bench`.
public final class TaskProgram {
    private TaskProgram() {}

    /// @param arguments the folder to write into; each task gets a folder of its own there
    public static void main(String[] arguments) throws IOException {
        for (GeneratedTask task : List.of(new DatesTask(), new UnitsTask(), new MoodTask(), new KindTask())) {
            TaskFiles.write(task, Path.of(arguments[0], task.name()));
        }
    }
}
