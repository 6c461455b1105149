package trex.gui.chart;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import trex.gui.study.StudyViewModel;
import trex.model.Node;
import trex.model.Run;
import trex.model.Work;

/// Which runs the chart shows: those of the selected node, and those that run now.
public final class Curves {
    private Curves() {}

    public static List<Curve> of(StudyViewModel study) {
        Set<Run> runs = new LinkedHashSet<>();
        Node selected = study.selectedNode();
        if (selected != null) {
            runs.addAll(selected.runs());
        }
        runs.addAll(study.activeRuns());
        List<Curve> curves = new ArrayList<>();
        for (Run run : runs) {
            if (run.work() instanceof Work.Train) {
                curves.add(new Curve(label(study, run), study.tracks().of(run.id()), run.outcome() == null));
            }
        }
        return curves;
    }

    /// The node; with the variant where it has several, with the seed where a variant ran again.
    private static String label(StudyViewModel study, Run run) {
        Node node = study.tree().node(run.node());
        String variant = node.strategy().variants().size() > 1 ? "." + (run.variant() + 1) : "";
        boolean again = node.runs().stream().filter(r -> r.variant() == run.variant() && r.work() instanceof Work.Train).count() > 1;
        String seed = again && run.work() instanceof Work.Train(var recipe) ? " seed " + recipe.seed() : "";
        return run.node() + variant + seed;
    }
}
