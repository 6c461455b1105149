package trex.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Writes the body of an answer to the end of what has come before.
final class PartWriter implements HttpResponse.BodyHandler<Void> {
    private final FileChannel part;
    private final long most;
    private volatile long done;
    private volatile long total = -1;
    private volatile long lastByte = System.nanoTime();

    PartWriter(FileChannel part, long most) {
        this.part = part;
        this.most = most;
    }

    /// Bytes in the part, those of earlier tries included.
    long done() {
        return done;
    }

    /// Bytes of the whole file, or -1.
    long total() {
        return total;
    }

    long idleNanos() {
        return System.nanoTime() - lastByte;
    }

    @Override
    public HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo info) {
        if (info.statusCode() != 200 && info.statusCode() != 206) {
            return HttpResponse.BodySubscribers.discarding();
        }
        CompletableFuture<Void> body = new CompletableFuture<>();
        try {
            begin(info);
        } catch (IOException e) {
            body.completeExceptionally(new NotWritten(e));
        } catch (TooLarge e) {
            body.completeExceptionally(e);
        }
        return new Writing(body);
    }

    /// A server that does not know ranges sends the file from its beginning.
    private void begin(HttpResponse.ResponseInfo info) throws IOException, TooLarge {
        if (info.statusCode() == 200 || !beginsAt(info, part.size())) {
            part.truncate(0);
            if (info.statusCode() == 206) {
                throw new IOException("the server sent another range than the one asked for");
            }
        }
        done = part.size();
        part.position(done);
        long length = info.headers().firstValueAsLong("Content-Length").orElse(-1);
        total = length < 0 ? -1 : done + length;
        if (total > most) {
            throw new TooLarge(total, most);
        }
    }

    private static boolean beginsAt(HttpResponse.ResponseInfo info, long position) {
        return info.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + position + "-");
    }

    /// Turns what went wrong into our words. A host that cannot be reached at all is not asked again.
    static HttpResponse<Void> rethrow(URI source, Throwable cause) throws Unavailable, Downloads.Broken, IOException {
        boolean refused = false;
        for (Throwable at = cause; at != null; at = at.getCause()) {
            switch (at) {
                case NotWritten written -> throw written.reason;
                case TooLarge large -> throw new Unavailable(source + " is not fetched: " + large.getMessage(), large);
                case UnresolvedAddressException e -> throw new Unavailable(unreachable(source, "its name is unknown"), e);
                case ConnectException _ -> refused = true;
                case HttpConnectTimeoutException _ -> refused = true;
                default -> { }
            }
        }
        if (refused) {
            throw new Unavailable(unreachable(source, "no connection"), cause);
        }
        throw new Downloads.Broken("the connection broke (" + cause.getMessage() + ")", cause);
    }

    private static String unreachable(URI source, String why) {
        return source + " cannot be fetched: the host " + source.getHost() + " cannot be reached (" + why + ")";
    }

    /// Receives one body.
    private final class Writing implements HttpResponse.BodySubscriber<Void> {
        private final CompletableFuture<Void> body;
        private Flow.@Nullable Subscription source;

        Writing(CompletableFuture<Void> body) {
            this.body = body;
        }

        @Override
        public CompletionStage<Void> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            source = subscription;
            if (body.isDone()) {
                subscription.cancel();
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            try {
                for (ByteBuffer buffer : buffers) {
                    while (buffer.hasRemaining()) {
                        done += part.write(buffer);
                    }
                }
                lastByte = System.nanoTime();
                if (done > most) {
                    throw new TooLarge(done, most);
                }
                next();
            } catch (IOException e) {
                end(new NotWritten(e));
            } catch (TooLarge e) {
                end(e);
            }
        }

        private void next() {
            if (source != null) {
                source.request(1);
            }
        }

        private void end(Throwable reason) {
            if (source != null) {
                source.cancel();
            }
            body.completeExceptionally(reason);
        }

        @Override
        public void onError(Throwable reason) {
            body.completeExceptionally(reason);
        }

        @Override
        public void onComplete() {
            body.complete(null);
        }
    }

    /// This side failed, not the network.
    private static final class NotWritten extends Exception {
        private static final long serialVersionUID = 1;
        private final IOException reason;

        NotWritten(IOException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1;

        TooLarge(long bytes, long most) {
            super("it has " + bytes + " bytes or more, at most " + most + " are taken");
        }
    }
}
