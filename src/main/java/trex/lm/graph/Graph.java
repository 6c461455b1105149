package trex.lm.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The loaded module. Calls come from one thread at a time.
public final class Graph implements AutoCloseable {
    private final PtSymbolBlock block;

    private Graph(PtSymbolBlock block) {
        this.block = block;
    }

    /// Generates, writes and loads the module.
    ///
    /// @param manager owner of the native module
    public static Graph load(PtNDManager manager, GraphOptions options) {
        return load(manager, GraphText.of(options));
    }

    /// @param source the text of a class `Step` without attributes
    public static Graph load(PtNDManager manager, String source) {
        byte[] archive = TorchScriptArchive.of(source);
        try {
            return new Graph(JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /// Runs a method. Arrays of the same name ending in `[]` arrive as one list.
    ///
    /// @param scope owner of the results
    public NDList call(PtNDManager scope, String method, NDList arguments) {
        NDArray selector = scope.create(new Shape());
        selector.setName("module_method:" + method);
        NDList all = new NDList(arguments.size() + 1);
        all.add(selector); // the first array's manager owns the results
        all.addAll(arguments);
        JniUtils.setGraphExecutorOptimize(false); // per thread; specialising costs more than it gains
        try {
            return IValueUtils.forward(block, all, true);
        } finally {
            JniUtils.setGradMode(false); // per thread too, and an error may have left it on
            selector.close();
        }
    }

    @Override
    public void close() {
        block.close();
    }
}
