package trex.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import trex.model.BadCases;
import trex.model.NodeId;

/// What the models get wrong: change against the parent for every node, and for the best one the
/// confusion of answers, clusters of failures and first cases. Texts come from validation alone.
final class FailuresSection {
    private static final double BEYOND_CHANCE = 0.05;

    private final List<BadCases> all;

    FailuresSection(List<BadCases> all) {
        this.all = all;
    }

    /// @param best the node whose failures are shown in full
    void write(Markup page, NodeId best) {
        if (all.isEmpty()) {
            return;
        }
        page.open("section").leaf("h2", "Failures on the validation split");
        changes(page);
        all.stream().filter(bad -> bad.node().equals(best)).findFirst().ifPresent(bad -> inFull(page, bad));
        page.close();
    }

    private void changes(Markup page) {
        Table table = new Table(page, "node", "wrong", "against", "repaired", "broken", "p");
        for (BadCases bad : all) {
            BadCases.Change change = bad.change();
            String wrong = bad.wrong() + " of " + bad.examples();
            if (change == null) {
                table.row(bad.node().toString(), wrong, "", "", "", "");
            } else {
                table.row(bad.node().toString(), wrong, change.parent().toString(), Integer.toString(change.repaired()),
                        Integer.toString(change.broken()), chance(change.chance()));
            }
        }
        table.end();
        page.leaf("p", "p: how likely so uneven a change is if both models are equally good (McNemar's test, exact).",
                "class", "note");
    }

    private static void inFull(Markup page, BadCases bad) {
        page.leaf("h3", "Where " + bad.node() + " fails");
        confusion(page, bad.confusion());
        if (bad.clusters().isEmpty()) {
            page.leaf("p", String.format(Locale.ROOT, "%.0f %% of the examples are wrong, and no length, answer, source or "
                    + "likeness to training rows fails more often than chance allows.", 100.0 * bad.wrong() / bad.examples()));
        } else {
            Table table = new Table(page, "examples with", "wrong", "share", "p");
            for (BadCases.Cluster c : bad.clusters()) {
                table.row(c.feature(), c.wrong() + " of " + c.examples(),
                        String.format(Locale.ROOT, "%.0f %%", 100.0 * c.wrong() / c.examples()),
                        chance(c.chance()) + (c.chance() < BEYOND_CHANCE ? "" : ", may be luck"));
            }
            table.end();
            page.leaf("p", String.format(Locale.ROOT, "Of all examples %.0f %% are wrong. p counts all features looked at.",
                    100.0 * bad.wrong() / bad.examples()), "class", "note");
        }
        cases(page, bad.cases());
    }

    private static void confusion(Markup page, Map<String, Map<String, Integer>> counts) {
        if (counts.isEmpty()) {
            return;
        }
        TreeSet<String> given = new TreeSet<>(counts.keySet());
        counts.values().forEach(row -> given.addAll(row.keySet()));
        List<String> head = new ArrayList<>(List.of("right answer"));
        given.forEach(answer -> head.add("answered " + answer));
        Table table = new Table(page, head.toArray(String[]::new));
        counts.forEach((right, row) -> {
            List<String> cells = new ArrayList<>(List.of(right));
            given.forEach(answer -> cells.add(Integer.toString(row.getOrDefault(answer, 0))));
            table.row(cells.toArray(String[]::new));
        });
        table.end();
    }

    private static void cases(Markup page, List<BadCases.Case> cases) {
        if (cases.isEmpty()) {
            return;
        }
        Table table = new Table(page, "row", "prompt", "right answer", "answered");
        cases.forEach(c -> table.row(c.example().id(), c.example().prompt(), c.example().answer(), c.given()));
        table.end();
    }

    private static String chance(double p) {
        return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }

    /// A table of texts.
    private static final class Table {
        private final Markup page;

        Table(Markup page, String... head) {
            this.page = page;
            page.open("div", "class", "wide").open("table", "class", "failures").open("thead").open("tr");
            List.of(head).forEach(name -> page.leaf("th", name));
            page.close().close().open("tbody");
        }

        void row(String... cells) {
            page.open("tr").leaf("th", cells[0], "scope", "row");
            List.of(cells).subList(1, cells.length).forEach(cell -> page.leaf("td", cell));
            page.close();
        }

        void end() {
            page.close().close().close();
        }
    }
}
