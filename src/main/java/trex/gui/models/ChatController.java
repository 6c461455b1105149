package trex.gui.models;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;

/// Binds the conversation's window.
public final class ChatController {
    private final ChatViewModel model;

    @FXML private TextArea transcript;
    @FXML private Label state;
    @FXML private TextField question;
    @FXML private Button ask;

    public ChatController(ChatViewModel model) {
        this.model = model;
    }

    @FXML
    private void initialize() {
        model.transcriptProperty().addListener((_, before, now) -> transcript.appendText(now.substring(before.length())));
        state.textProperty().bind(model.stateProperty());
        question.textProperty().bindBidirectional(model.questionProperty());
        ask.disableProperty().bind(model.busyProperty());
    }

    @FXML
    private void ask() {
        model.ask();
    }
}
