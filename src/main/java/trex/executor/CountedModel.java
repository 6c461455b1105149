package trex.executor;

import java.io.IOException;
import java.util.List;
import trex.data.asking.Reply;
import trex.data.asking.TextModel;

/// A language model whose price is noted with each answer.
record CountedModel(TextModel model, AskingLog log) implements TextModel {
    @Override
    public String identity() {
        return model.identity();
    }

    @Override
    public String embedder() {
        return model.embedder();
    }

    @Override
    public Reply<String> complete(String question, int tokens) throws InterruptedException {
        return noted(model.complete(question, tokens));
    }

    @Override
    public Reply<List<float[]>> embed(List<String> texts) throws InterruptedException {
        return noted(model.embed(texts));
    }

    private <T> Reply<T> noted(Reply<T> reply) {
        try {
            if (reply instanceof Reply.Answered<T>(_, long tokens) && tokens > 0) {
                log.add(tokens);
            }
            return reply;
        } catch (IOException e) {
            return new Reply.Unreachable<>("what a language model was paid cannot be noted: " + e.getMessage());
        }
    }
}
