package trex.lm;

import java.nio.file.Path;
import java.util.Map;

/// Settings of the numeric library that only a process's environment can make.
public final class NativeLibrary {
    /// Of the library's 1,024: a step needs about 60, and the rest is code for shapes that do not
    /// come again. Measured in bf16 on short examples of many lengths: without a bound 400 MiB more
    /// after 60 steps than after 10; with it 70 MiB more after 80 steps than after 20, then flat.
    private static final String KEPT = "64";

    /// Turns that a thread waits awake for the next product before it sleeps, some 100 microseconds.
    /// Measured beside busy neighbours on two cores, SmolLM2-135M in fp32: a token in 13.0 ms, where
    /// threads that slept at once took 21.5; a step of 16 short examples in 1.55 s instead of 1.90.
    /// Fifteen times as many turns gained nothing more.
    private static final String TURNS = "20000";

    /// Settings of glibc's allocator, which other systems do not read: one heap that is not given
    /// back between steps, in huge pages where the system has them; blocks of 32 MiB and more are
    /// the system's own again when they are freed; no small blocks kept aside, for each splits the
    /// free memory around it. Measured with SmolLM2-135M's shape beside glibc's own settings: a step
    /// of all weights in bf16 costs 12 % less, LoRA in fp32 5 %; the peak of two rows of 256 tokens
    /// is 1.40 GiB instead of 1.81; over 300 steps memory grows by 7 MiB, where small blocks that
    /// are kept aside make it 17.
    private static final String ALLOCATOR = "glibc.malloc.arena_max=1:glibc.malloc.hugetlb=1"
            + ":glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=4000000000"
            + ":glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0";

    private NativeLibrary() {}

    /// Sets all that every process with the library needs.
    ///
    /// @param environment of the process to be, which already says how its threads wait
    /// @param home the program's home folder
    public static void apply(Map<String, String> environment, Path home) {
        environment.put("DJL_CACHE_DIR", folder(home).toString());
        environment.put("DJL_OFFLINE", "true");
        environment.put("OPT_OUT_TRACKING", "true");
        limitCaches(environment);
        keepMemory(environment);
        waitBriefly(environment);
    }

    /// Where the first process unpacks the library, for all that follow.
    public static Path folder(Path home) {
        return home.toAbsolutePath().resolve("cache").resolve("djl");
    }

    /// Spares a step the pages that it would get from the system and give back again and again.
    private static void keepMemory(Map<String, String> environment) {
        environment.put("GLIBC_TUNABLES", ALLOCATOR);
    }

    /// Bounds what the library remembers of the shapes that it has multiplied.
    private static void limitCaches(Map<String, String> environment) {
        environment.put("ONEDNN_PRIMITIVE_CACHE_CAPACITY", KEPT);
        environment.put("LRU_CACHE_CAPACITY", KEPT);
    }

    /// Lets threads that would sleep at once stay awake between small products, but not much longer;
    /// a person's own setting stands.
    private static void waitBriefly(Map<String, String> environment) {
        if ("passive".equalsIgnoreCase(environment.get("OMP_WAIT_POLICY"))) {
            environment.putIfAbsent("GOMP_SPINCOUNT", System.getenv().getOrDefault("GOMP_SPINCOUNT", TURNS));
        }
    }
}
