package trex.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trex.loop.StudyEvent;
import trex.model.Budget;
import trex.model.Mission;
import trex.model.RunEvent;
import trex.model.Spending;
import trex.model.StudyId;

/// The live display of a study: a headline, the tree, the runs on their way, the newest messages.
final class ProgressFrame {
    private static final int MESSAGES = 3;

    private final StudyId study;
    private final Mission mission;
    private final TreeLines trees;

    ProgressFrame(StudyId study, Mission mission) {
        this.study = study;
        this.mission = mission;
        this.trees = new TreeLines(mission);
    }

    /// Lines for a terminal of `rows` lines; none is wider than `columns`.
    List<String> lines(StudyPicture picture, Instant now, int columns, int rows) {
        List<String> below = new ArrayList<>();
        picture.runs().values().forEach(run -> below.add(run(run, now)));
        List<StudyEvent.Message> messages = picture.messages();
        messages.subList(Math.max(0, messages.size() - MESSAGES), messages.size())
                .forEach(message -> below.add(message(message)));
        below.add("Ctrl+C stops within one step and keeps everything.");

        List<String> lines = new ArrayList<>();
        lines.add(headline(picture));
        lines.addAll(trees.of(picture.tree(), picture.result(), Math.max(3, rows - below.size() - 3)));
        lines.addAll(below);
        return lines.stream().map(line -> cut(line, columns)).toList();
    }

    String headline(StudyPicture picture) {
        Spending spending = picture.spending();
        return study + "  " + Wording.word(picture.state()) + "  " + mission.metric().id()
                + "  round " + picture.tree().rounds().finished() + "/" + mission.budget().rounds()
                + "  spent " + Wording.clock(spending.spentSeconds()) + " of " + Wording.clock(spending.budgetSeconds())
                + ", left " + Wording.clock(spending.leftSeconds()) + more(spending);
    }

    /// Money, tokens and disk, where the mission speaks of them.
    private String more(Spending spending) {
        Budget budget = mission.budget();
        return (budget.pricePerHour() == 0 ? "" : "  cost " + Wording.money(budget.price(spending.spentSeconds()), budget))
                + (budget.tokens() == 0 ? "" : "  tokens " + spending.spentTokens() + " of " + budget.tokens())
                + (budget.disk() == 0 ? "" : "  disk " + Wording.disk(spending.disk()));
    }

    String run(RunPicture run, Instant now) {
        StringBuilder text = new StringBuilder("  ").append(run.id()).append("  ");
        RunEvent.Step step = run.step();
        RunEvent.Phase phase = run.phase();
        if (phase != null) {
            text.append(phase.text());
            if (phase.fraction() >= 0) {
                text.append(String.format(Locale.ROOT, " %.0f %%", 100 * phase.fraction()));
            }
        } else if (step != null) {
            text.append(String.format(Locale.ROOT, "step %d/%d  loss %.4f  lr %.2e  %.0f tokens/s  %.2f GiB",
                    step.step(), step.steps(), step.loss(), step.learningRate(), step.tokensPerSecond(),
                    step.residentBytes() / (double) (1L << 30)));
            if (step.rewards() != null) {
                text.append(String.format(Locale.ROOT, "  preferred rightly %.2f, margin %.3f",
                        step.rewards().accuracy(), step.rewards().margin()));
            }
            run.left(now).ifPresent(left -> text.append("  left ").append(Wording.clock(left)));
        }
        var validation = run.validation();
        if (validation != null) {
            text.append("  validation ").append(Wording.score(validation));
        }
        return text.toString();
    }

    static String message(StudyEvent.Message message) {
        return switch (message.level()) {
            case INFO -> "  " + message.text();
            case WARNING -> "  warning: " + message.text();
            case ERROR -> "  error: " + message.text();
        };
    }

    private static String cut(String line, int columns) {
        String flat = line.replaceAll("\\p{Cntrl}", " ");
        int length = flat.codePointCount(0, flat.length());
        return length < columns ? flat : flat.substring(0, flat.offsetByCodePoints(0, Math.max(0, columns - 2))) + "…";
    }
}
