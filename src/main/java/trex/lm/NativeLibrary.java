package trex.lm;

import java.util.Map;

/// Settings of the numeric library that only a process's environment can make.
public final class NativeLibrary {
    /// Of the library's 1,024: a step needs about 60, and the rest is code for shapes that do not
    /// come again. Measured in bf16 on short examples of many lengths: without a bound 400 MiB more
    /// after 60 steps than after 10; with it 70 MiB more after 80 steps than after 20, then flat.
    private static final String KEPT = "64";

    private NativeLibrary() {}

    /// Bounds what the library remembers of the shapes that it has multiplied.
    public static void limitCaches(Map<String, String> environment) {
        environment.put("ONEDNN_PRIMITIVE_CACHE_CAPACITY", KEPT);
        environment.put("LRU_CACHE_CAPACITY", KEPT);
    }
}
