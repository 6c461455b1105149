package trex.report;

/// A table of names and values.
final class FactTable {
    private final Markup page;

    FactTable(Markup page) {
        this.page = page;
        page.open("table", "class", "facts").open("tbody");
    }

    void row(String name, String value) {
        page.open("tr").leaf("th", name, "scope", "row").leaf("td", value).close();
    }

    void end() {
        page.close().close();
    }
}
