package trex.bench.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trex.bench.Bench;
import trex.json.Json;
import trex.search.planner.Dimension;
import trex.search.planner.Planner;
import trex.search.planner.Point;
import trex.search.planner.Space;

/// PEFT's own comparison: 63 real trainings of Llama-3.2-3B on MetaMathQA, each with its accuracy
/// on the GSM8K test questions after 5,000 steps. A search may try each run once.
final class PeftRuns {
    private static final String FOLDER = "method_comparison/MetaMathQA/results/";
    private static final List<String> PROMPTS = List.of("prefixtuning", "prompt", "ptuning", "adaptionprompt", "trainable");
    private static final List<String> SCALES = List.of("ia3", "ln", "vera", "pvera", "vblora", "tinylora", "unilora", "beft", "road");
    private static final List<String> TRANSFORMS = List.of("fourierft", "waveft", "c3a", "oft", "boft", "osf", "full-finetuning");

    private final List<Trained> runs;
    private final Space space = new Space(List.of(new Dimension.Numeric("learningRate"),
            new Dimension.Numeric("parameters"), new Dimension.Categorical("family", 4)));

    /// A run: where it lies and how well it did.
    record Trained(String name, Point point, double accuracy, List<Double> validations) {}

    PeftRuns(Surrogates files) throws Bench.Unmeasured, InterruptedException {
        List<Trained> read = new ArrayList<>();
        for (String path : files.below(FOLDER)) {
            try {
                read.add(run(path.substring(FOLDER.length()), Json.mapper().readTree(files.bytes(path))));
            } catch (IOException e) {
                throw new Bench.Unmeasured("the surrogate's file " + path + " is no JSON: " + e.getMessage(), e);
            }
        }
        runs = List.copyOf(read);
    }

    private static Trained run(String name, JsonNode json) {
        JsonNode metrics = json.at("/train_info/metrics");
        double accuracy = metrics.get(metrics.size() - 1).path("test accuracy").asDouble();
        double rate = json.at("/run_info/train_config/optimizer_kwargs/lr").asDouble();
        double parameters = json.at("/train_info/num_trainable_params").asDouble();
        List<Double> validations = new ArrayList<>();
        metrics.forEach(m -> {
            if (m.has("valid accuracy")) {
                validations.add(m.get("valid accuracy").asDouble());
            }
        });
        return new Trained(name, point(rate, parameters, family(name)), accuracy, List.copyOf(validations));
    }

    /// Low-rank updates, prompts, scalings of what is there, other transforms.
    private static int family(String name) {
        String method = name.substring(0, name.indexOf("--"));
        if (PROMPTS.stream().anyMatch(method::startsWith)) {
            return 1;
        }
        if (SCALES.stream().anyMatch(method::startsWith)) {
            return 2;
        }
        return TRANSFORMS.stream().anyMatch(method::startsWith) ? 3 : 0;
    }

    List<Trained> runs() {
        return runs;
    }

    Problem problem() {
        double[] sorted = runs.stream().mapToDouble(Trained::accuracy).sorted().toArray();
        return new Problem("peft", new Pool(), sorted[sorted.length - 1], sorted[sorted.length / 2], drafts());
    }

    /// The runs next to what was published before: adapters of rank 64 on all layers, the settings
    /// of QLoRA (arXiv 2305.14314), at its learning rate for small models and at three times that;
    /// and full tuning at a tenth of it.
    private List<Point> drafts() {
        return Stream.of(point(2e-4, 9.7e7, 0), point(6e-4, 9.7e7, 0), point(2e-5, 3.2e9, 3))
                .flatMap(wanted -> new Pool().feasible().apply(wanted).stream())
                .distinct()
                .toList();
    }

    private static Point point(double rate, double parameters, int family) {
        // rates lie between 1e-5 and 0.3, sizes between 64 and 3.2e9 parameters
        return new Point(Math.clamp((Math.log10(rate) + 5) / 4.5, 0, 1),
                Math.clamp((Math.log10(parameters) - 1.8) / 7.7, 0, 1), family);
    }

    private final class Pool implements Problem.Landscape {
        @Override
        public Space space() {
            return space;
        }

        @Override
        public double value(Point point) {
            return runs.stream().filter(r -> r.point().equals(point)).findFirst().orElseThrow().accuracy();
        }

        /// The nearest run.
        @Override
        public Planner.Feasible feasible() {
            return wanted -> runs.stream()
                    .map(Trained::point)
                    .min(Comparator.comparingDouble(p -> apart(p, wanted)))
                    .or(Optional::empty);
        }

        private double apart(Point a, Point b) {
            return Math.hypot(a.get(0) - b.get(0), a.get(1) - b.get(1)) + (a.get(2) == b.get(2) ? 0 : 0.3);
        }
    }
}
