package trex.fetch;

import java.net.URI;
import java.nio.file.Path;

/// Wheels that a server has by their names.
record ServedWheels(URI address, Downloads downloads) implements WheelSource {
    @Override
    public void fetch(EngineEntry.Wheel wheel, Path folder, Progress progress) throws Unavailable, InterruptedException {
        downloads.within(wheel.bytes())
                .fetch(address.resolve(wheel.file()), folder.resolve(wheel.file()), wheel.sha256(), progress);
    }
}
