package trex.executor;

import trex.lm.Calibration;
import trex.lm.Calibrator;
import trex.lm.ModelConfig;
import trex.model.Precision;
import trex.model.RunEvent;

/// Chooses number formats by what this machine is good at, and says so.
final class Precisions {
    /// How the notice of a choice begins.
    static final String CHOICE = "Precision ";

    private final Calibrator calibrator;

    /// @param calibrator of the device that is trained on
    Precisions(Calibrator calibrator) {
        this.calibrator = calibrator;
    }

    Precision choose(Precision wanted, ModelConfig model, Assignment assignment) {
        if (wanted != Precision.AUTO) {
            return wanted;
        }
        assignment.say(new RunEvent.Phase("calibrating the machine", -1));
        Calibration.Choice choice = calibrator.calibration().choose(wanted, model);
        assignment.say(new RunEvent.Notice(CHOICE + choice.reason()));
        return choice.precision();
    }
}
