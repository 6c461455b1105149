package trex;

import java.util.List;
import trex.gui.models.Engines;
import trex.loop.Studies;

/// The window's way to the numeric libraries of its home folder.
///
/// @param local those that the command line has
record LocalEngines(trex.executor.Engines local) implements Engines {
    @Override
    public List<Offer> offers() {
        return local.offers().stream().map(offer -> new Offer(offer.name(), offer.title(), offer.folder(), offer.installed(),
                offer.downloadBytes(), offer.installedBytes(), offer.licences(),
                offer.hindrance() == null ? "" : offer.hindrance())).toList();
    }

    @Override
    public void install(String name, Progress progress) throws Studies.Refused, InterruptedException {
        try {
            local.install(name, progress::at);
        } catch (trex.executor.Engines.Failed e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void remove(String name) throws Studies.Refused {
        try {
            local.remove(name);
        } catch (trex.executor.Engines.Failed e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }
}
