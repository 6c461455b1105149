package trex;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import trex.executor.ChatSettings;
import trex.executor.Conversation;
import trex.executor.ExportFormat;
import trex.executor.ExportRequest;
import trex.executor.ModelProcess;
import trex.executor.NodeModel;
import trex.executor.WorkerSettings;
import trex.gui.models.Engines;
import trex.gui.models.Models;
import trex.loop.Studies;
import trex.model.NodeId;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.Template;
import trex.report.ModelCard;

/// The window's way to the models of its studies: each is exported or spoken with in a process of
/// its own.
final class LocalModels implements Models {
    private static final int ANSWER_TOKENS = 256;

    private final Path home;
    private final Studies studies;
    private final ModelProcess processes;

    LocalModels(Studies studies, Path home, Path root) {
        this.studies = studies;
        this.home = home;
        this.processes = new ModelProcess(home, root, WorkerSettings.ofThisMachine());
    }

    @Override
    public List<Format> formats() {
        return List.of(
                format(ExportFormat.HUGGING_FACE, "Hugging Face folder, merged (transformers)"),
                format(ExportFormat.PEFT, "Adapters only (PEFT)"),
                format(ExportFormat.GGUF_F16, "GGUF file, half precision (llama.cpp)"),
                format(ExportFormat.GGUF_Q8_0, "GGUF file, 8 bits a weight (llama.cpp)"));
    }

    @Override
    public void export(StudyId study, NodeId node, String format, Path folder) throws Studies.Refused, InterruptedException {
        NodeModel chosen = chosen(study, node);
        ExportFormat as = ExportFormat.of(format);
        String card = ModelCard.of(
                chosen.study(), chosen.node(), ModelProcess.licence(chosen.model().base()), as.library());
        try {
            processes.export(new ExportRequest(chosen.model(), chosen.name(), as, folder.toString(), card));
        } catch (ModelProcess.Failed e) {
            throw refused(e);
        }
    }

    @Override
    public Talk talk(StudyId study, NodeId node) throws Studies.Refused, InterruptedException {
        NodeModel chosen = chosen(study, node);
        Template template = chosen.study().mission().data().template();
        ChatSettings how = new ChatSettings(template.system(), template.chat(), 0, 1, 1, ANSWER_TOKENS, List.of());
        try {
            return new TemplateTalk(processes.converse(chosen.model(), how), template);
        } catch (ModelProcess.Failed e) {
            throw refused(e);
        }
    }

    @Override
    public Engines engines() {
        return new LocalEngines(new trex.executor.Engines(home, System.getenv()));
    }

    private NodeModel chosen(StudyId id, NodeId number) throws Studies.Refused {
        Study study = studies.list().stream().filter(s -> s.id().equals(id)).findFirst()
                .orElseThrow(() -> new Studies.Refused("There is no study " + id));
        return NodeModel.of(study, studies.tree(id).node(number));
    }

    private static Format format(ExportFormat format, String name) {
        return new Format(format.id(), name);
    }

    private static Studies.Refused refused(ModelProcess.Failed e) {
        return new Studies.Refused(String.valueOf(e.getMessage()), e);
    }

    /// Puts what the person types where the mission's template has its only field, and asks each time
    /// anew, as in training.
    private record TemplateTalk(Conversation conversation, Template template) implements Talk {
        @Override
        public void ask(String text, Consumer<String> piece) throws Studies.Refused, InterruptedException {
            try {
                conversation.begin();
                conversation.ask(prompt(template.prompt(), text), piece);
            } catch (ModelProcess.Failed e) {
                throw refused(e);
            }
        }

        @Override
        public void close() {
            conversation.close();
        }
    }

    /// A template with several fields cannot be filled by one text: then the text stands for itself.
    static String prompt(String template, String text) {
        List<String> parts = Arrays.asList(Template.PLACEHOLDER.split(template, -1));
        return parts.size() == 2 ? parts.getFirst() + text + parts.getLast() : text;
    }
}
