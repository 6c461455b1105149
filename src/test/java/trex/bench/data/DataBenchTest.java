package trex.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DataBenchTest {
    @Test
    void plantedRepeatsAreFoundAndNothingElse() throws Exception {
        assertThat(new DataBench(5000).run(_ -> {})).filteredOn(row -> !row.unit().equals("s"))
                .hasSize(3).allSatisfy(row -> assertThat(row.met()).as(row.toString()).isTrue());
    }

    @Test
    void twoRowsOfTenRepeatAnother() {
        assertThat(PlantedRows.kind(4)).isEqualTo(PlantedRows.Kind.EXACT);
        assertThat(PlantedRows.kind(18)).isEqualTo(PlantedRows.Kind.NEAR);
    }
}
