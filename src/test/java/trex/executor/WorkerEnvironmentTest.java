package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerEnvironmentTest {
    private static final Path HOME = Path.of("/home/person/trex");

    @Test
    void noSecretReachesAWorker() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", "/bin", "LC_ALL", "C.UTF-8",
                "OPENAI_API_KEY", "sk-1", "HF_TOKEN", "hf-1", "AWS_SESSION", "x", "MY_PIN", "1234",
                "JAVA_TOOL_OPTIONS", "-javaagent:spy.jar"));
        WorkerEnvironment.apply(environment, HOME, new WorkerSettings(2, false, 64));
        assertThat(environment).containsOnlyKeys("PATH", "LC_ALL", "TREX_HOME", "DJL_CACHE_DIR", "DJL_OFFLINE",
                "OPT_OUT_TRACKING", "OMP_NUM_THREADS", "OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "ONEDNN_PRIMITIVE_CACHE_CAPACITY",
                "LRU_CACHE_CAPACITY", "GLIBC_TUNABLES", "CUDA_DEVICE_ORDER");
    }

    @Test
    void idleThreadsSleepUnlessTheMachineIsDedicated() {
        assertThat(policy(false)).isEqualTo("passive");
        assertThat(policy(true)).isEqualTo("active");
    }

    @Test
    void threadsThatSleepStayAwakeForAMomentUnlessThePersonSaysHowLong() {
        Map<String, String> environment = new HashMap<>(Map.of("GOMP_SPINCOUNT", "7"));
        WorkerEnvironment.apply(environment, HOME, new WorkerSettings(2, false, 64));
        assertThat(environment).containsEntry("GOMP_SPINCOUNT", "7");
        environment.clear();
        WorkerEnvironment.apply(environment, HOME, new WorkerSettings(2, true, 64));
        assertThat(environment).doesNotContainKey("GOMP_SPINCOUNT");
    }

    @Test
    void aDedicatedMachineIsNamedByTheEnvironment() {
        assertThat(WorkerSettings.of(Map.of("TREX_DEDICATED", "true"), 8)).isEqualTo(new WorkerSettings(8, true, 768));
        assertThat(WorkerSettings.of(Map.of(), 2).dedicated()).isFalse();
    }

    @Test
    void thePersonsOwnSettingOfTheThreadsWins() {
        assertThat(WorkerSettings.of(Map.of("OMP_WAIT_POLICY", "ACTIVE", "OMP_NUM_THREADS", "3"), 8))
                .isEqualTo(new WorkerSettings(3, true, 768));
        assertThat(WorkerSettings.of(Map.of("OMP_WAIT_POLICY", "passive", "TREX_DEDICATED", "true"), 8).dedicated())
                .isFalse();
        assertThat(WorkerSettings.of(Map.of("OMP_NUM_THREADS", "4,2"), 8).threads()).isEqualTo(4);
        assertThat(WorkerSettings.of(Map.of("OMP_NUM_THREADS", "many"), 8).threads()).isEqualTo(8);
    }

    private static String policy(boolean dedicated) {
        Map<String, String> environment = new HashMap<>();
        WorkerEnvironment.apply(environment, HOME, new WorkerSettings(2, dedicated, 64));
        return environment.getOrDefault("OMP_WAIT_POLICY", "none");
    }
}
