package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trex.model.ByteCount;

class MemoryShortageTest {
    @Test
    void theLibrarysRefusalBecomesWhatWasNeededAndWhatWasThere() {
        RuntimeException refusal = new RuntimeException(
                "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory: "
                        + "you tried to allocate 3221225472 bytes. Error code 12 (Cannot allocate memory)\nmore lines");
        assertThat(MemoryShortage.sentence(refusal, "training", 1L << 30)).hasValue(
                "Memory ran out while training: 3.0 GiB more were needed, and 1.0 GiB were available; "
                        + "use a smaller batch, shorter examples or gradient checkpointing");
    }

    @Test
    void aFullHeapTellsItsSize() {
        assertThat(MemoryShortage.sentence(new OutOfMemoryError("Java heap space"), "preparing", 1)).get().asString()
                .startsWith("Memory ran out while preparing: Java may use ")
                .contains(new ByteCount(Runtime.getRuntime().maxMemory()).toString());
    }

    @Test
    void anyOtherFaultIsNone() {
        assertThat(MemoryShortage.sentence(new IllegalStateException("x"), "training", 1)).isEmpty();
    }
}
