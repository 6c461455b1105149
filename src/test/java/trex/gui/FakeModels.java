package trex.gui;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import trex.gui.models.Engines;
import trex.gui.models.Models;
import trex.loop.Studies;
import trex.model.NodeId;
import trex.model.StudyId;

/// Models that greet; a folder can be written once, and a long question is refused.
public final class FakeModels implements Models {
    private final List<String> exported = new CopyOnWriteArrayList<>();
    private volatile Engines engines = new NoEngines();
    private final AtomicInteger closed = new AtomicInteger();

    public List<String> exported() {
        return exported;
    }

    public int closed() {
        return closed.get();
    }

    /// What the dialog of the libraries for graphics cards shows.
    public void offer(Engines offered) {
        engines = offered;
    }

    @Override
    public Engines engines() {
        return engines;
    }

    @Override
    public List<Format> formats() {
        return List.of(new Format("hf", "Hugging Face folder"), new Format("gguf-q8_0", "GGUF, 8 bits"));
    }

    @Override
    public void export(StudyId study, NodeId node, String format, Path folder) throws Studies.Refused {
        if (!folder.endsWith("model")) {
            throw new Studies.Refused(folder + " exists already; name a new folder");
        }
        exported.add(node + " as " + format);
    }

    @Override
    public Talk talk(StudyId study, NodeId node) {
        return new Talk() {
            @Override
            public void ask(String text, Consumer<String> piece) throws Studies.Refused {
                if (text.startsWith("too long")) {
                    throw new Studies.Refused("The conversation has 3000 tokens, the model's context has 2048.");
                }
                List.of(text, " ", "you").forEach(piece);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    /// A machine for which there is none.
    private static final class NoEngines implements Engines {
        @Override
        public List<Offer> offers() {
            return List.of();
        }

        @Override
        public void install(String name, Progress progress) throws Studies.Refused {
            throw new Studies.Refused("There is no engine " + name);
        }

        @Override
        public void remove(String name) throws Studies.Refused {
            throw new Studies.Refused("There is no engine " + name);
        }
    }
}
