package trex.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a benchmark measured, and where. Written as JSON just as it stands.
public record BenchReport(Machine machine, List<BenchRow> rows) {
    private static final List<String> HEADINGS = List.of("what", "value", "unit", "control", "ratio", "goal", "met");

    public BenchReport {
        rows = List.copyOf(rows);
    }

    /// Whether every row that has a goal reached it.
    public boolean allMet() {
        return rows.stream().noneMatch(row -> Boolean.FALSE.equals(row.met()));
    }

    /// The report as a table for the terminal, one row a line.
    public String table() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADINGS);
        rows.forEach(row -> cells.add(cells(row)));
        int[] widths = widths(cells);
        StringBuilder table = new StringBuilder(headline()).append('\n');
        for (List<String> line : cells) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                text.append(pad(line.get(i), widths[i], isNumber(i))).append("  ");
            }
            table.append(text.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }

    private String headline() {
        String where = String.format(Locale.ROOT, "%s, %d cores, %.1f GiB, %s, Java %s", machine.processor(),
                machine.cores(), machine.memoryBytes() / (double) (1L << 30), machine.system(), machine.java());
        Gemm gemm = machine.gemm();
        if (gemm == null) {
            return where;
        }
        return where + "\nmatrix product of " + gemm.size() + ": fp32 " + Figures.text(gemm.fp32()) + " GFLOP/s"
                + (gemm.bf16() == null ? "" : ", bf16 " + Figures.text(gemm.bf16()) + " GFLOP/s");
    }

    private static List<String> cells(BenchRow row) {
        return List.of(
                row.name(),
                Figures.text(row.value()),
                row.unit(),
                row.control() == null ? "" : Figures.text(row.control()),
                row.ratio() == null ? "" : Figures.text(row.ratio()),
                row.goal(),
                row.met() == null ? "" : row.met() ? "yes" : "NO");
    }

    private static int[] widths(List<List<String>> cells) {
        int[] widths = new int[HEADINGS.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return widths;
    }

    private static String pad(String text, int width, boolean right) {
        String space = " ".repeat(width - text.length());
        return right ? space + text : text + space;
    }

    private static boolean isNumber(int column) {
        return column == 1 || column == 3 || column == 4;
    }
}
