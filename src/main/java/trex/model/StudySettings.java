package trex.model;

/// What the person may change while a study runs.
///
/// @param policy name of the search policy, for example `rank-puct`
/// @param exploration the policy's constant, at least 0
/// @param parallel runs at a time, at least 1 and at most one for each device: they divide the devices
/// @param device as [DeviceList] writes it, for example `cpu` or `cuda:0,cuda:1`
/// @param pruner name of the rule that stops trainings early, for example `median`
public record StudySettings(
        Approval approval, String policy, double exploration, int parallel, String device, String pruner) {
    public static final StudySettings DEFAULT = new StudySettings(Approval.ASK, "rank-puct", 1, 1, "cpu", "median");

    public StudySettings {
        if (!(exploration >= 0)) {
            throw new IllegalArgumentException("exploration must be at least 0, got " + exploration);
        }
        if (parallel < 1) {
            throw new IllegalArgumentException("parallel must be at least 1, got " + parallel);
        }
        DeviceList devices = DeviceList.of(device);
        device = devices.toString();
        if (parallel > devices.names().size()) {
            throw new IllegalArgumentException(refusal(parallel, devices));
        }
    }

    private static String refusal(int parallel, DeviceList devices) {
        return devices.first().kind() == DeviceName.Kind.CUDA
                ? "parallel must be at most " + devices.names().size() + ", the number of devices in \"" + devices
                        + "\", got " + parallel
                : "parallel must be 1 on " + devices + ", which carries out one run at a time, got " + parallel;
    }

    public StudySettings withDevice(String changed) {
        return new StudySettings(approval, policy, exploration, parallel, changed, pruner);
    }

    /// @param changed runs at a time, at most one for each device
    public StudySettings withParallel(int changed) {
        return new StudySettings(approval, policy, exploration, changed, device, pruner);
    }

    public StudySettings withApproval(Approval changed) {
        return new StudySettings(changed, policy, exploration, parallel, device, pruner);
    }
}
