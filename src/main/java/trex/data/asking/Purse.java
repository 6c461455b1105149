package trex.data.asking;

import java.util.List;
import trex.data.BrokenData;

/// The tokens that may still be paid for. Each question sets its own aside before it is asked, so that
/// questions under way together never pay too much.
final class Purse {
    /// Dense scripts have about one token a character; others about four characters a token.
    private static final int TOKENS_A_CHARACTER = 1;

    private final long limit;
    private long spent;
    private long setAside;
    private int paid;

    Purse(long limit) {
        this.limit = limit;
    }

    /// Asks and settles.
    ///
    /// @param texts the question
    /// @param answer tokens of the answer at most
    /// @throws BrokenData where the limit could be passed
    <T> Reply<T> pay(List<String> texts, int answer, Asking<T> asking) throws BrokenData, InterruptedException {
        long most = answer + texts.stream().mapToLong(String::length).sum() * TOKENS_A_CHARACTER;
        setAside(most);
        long took = 0;
        try {
            Reply<T> reply = asking.ask();
            took = reply instanceof Reply.Answered<T>(_, long tokens) ? tokens : 0;
            return reply;
        } finally {
            settle(most, took);
        }
    }

    /// Tokens paid for.
    synchronized long spent() {
        return spent;
    }

    /// Questions paid for; the others were answered before.
    synchronized int paid() {
        return paid;
    }

    private synchronized void setAside(long most) throws BrokenData {
        if (spent + setAside + most > limit) {
            throw new BrokenData("the next question to the language model could pass the limit of " + limit
                    + " tokens a preparation (" + spent + " are spent); set TREX_LLM_TOKENS higher, or ask about fewer rows."
                    + " Answers that came are kept");
        }
        setAside += most;
    }

    private synchronized void settle(long most, long took) {
        setAside -= most;
        spent += took;
        paid += took > 0 ? 1 : 0;
    }

    /// A question to the model.
    @FunctionalInterface
    interface Asking<T> {
        Reply<T> ask() throws InterruptedException;
    }
}
