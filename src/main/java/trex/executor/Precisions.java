package trex.executor;

import trex.lm.Calibration;
import trex.lm.Calibrator;
import trex.lm.ModelConfig;
import trex.lm.Products;
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

    /// For a model that is measured.
    Precision choose(Precision wanted, ModelConfig model, Assignment assignment) {
        return wanted == Precision.AUTO ? calibrated(wanted, model, assignment).precision() : wanted;
    }

    /// For a model that is trained.
    Calibration.Choice chooseForTraining(Precision wanted, ModelConfig model, Assignment assignment) {
        return Calibration.decides(wanted, model)
                ? calibrated(wanted, model, assignment)
                : new Calibration.Choice(wanted, Products.LIBRARY, "");
    }

    private Calibration.Choice calibrated(Precision wanted, ModelConfig model, Assignment assignment) {
        assignment.say(new RunEvent.Phase("calibrating the machine", -1));
        Calibration.Choice choice = calibrator.calibration().choose(wanted, model);
        assignment.say(new RunEvent.Notice(CHOICE + choice.reason()));
        return choice;
    }
}
