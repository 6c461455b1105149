package trex.llm;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An OpenAI-compatible service as the person configured it: the only host that is asked.
///
/// @param base address up to the version, for example `http://localhost:11434/v1`; https, or this machine
/// @param model name of the model that answers
/// @param embedder name of the model that makes embeddings; empty where none is named
/// @param parallel questions that are under way at a time
/// @param tokens that one preparation of training rows may pay for
public record Endpoint(URI base, String model, String embedder, int parallel, long tokens, Secret key) {
    private static final String PARALLEL = "4";
    private static final String TOKENS = "2000000";

    public Endpoint {
        String host = base.getHost();
        if (host == null || base.getUserInfo() != null || base.getQuery() != null || base.getFragment() != null) {
            throw new IllegalArgumentException("TREX_LLM_URL must be an address like https://host/v1, without name, "
                    + "password and question mark; a key belongs into TREX_LLM_KEY");
        }
        if (!"https".equalsIgnoreCase(base.getScheme()) && !("http".equalsIgnoreCase(base.getScheme()) && isThisMachine(host))) {
            throw new IllegalArgumentException("TREX_LLM_URL " + base + " is not encrypted: only https is used, "
                    + "and http to this machine itself");
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("TREX_LLM_MODEL is not set: name the model that " + base + " shall answer with");
        }
    }

    /// Reads `TREX_LLM_URL`, `TREX_LLM_MODEL`, `TREX_LLM_KEY`, `TREX_LLM_EMBEDDINGS`, `TREX_LLM_PARALLEL` and
    /// `TREX_LLM_TOKENS`. Nothing where no address is set.
    ///
    /// @throws IllegalArgumentException for a value that cannot be used; names it, except for the key
    public static Optional<Endpoint> of(Map<String, String> environment) {
        String url = value(environment, "TREX_LLM_URL", "");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI base = new URI(url.replaceAll("/+$", ""));
            return Optional.of(new Endpoint(base, value(environment, "TREX_LLM_MODEL", ""),
                    value(environment, "TREX_LLM_EMBEDDINGS", ""),
                    (int) number(environment, "TREX_LLM_PARALLEL", PARALLEL, 64),
                    number(environment, "TREX_LLM_TOKENS", TOKENS, Long.MAX_VALUE / 2),
                    new Secret(value(environment, "TREX_LLM_KEY", ""))));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("TREX_LLM_URL is no address: " + e.getReason(), e);
        }
    }

    /// What the person may see.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s at %s, %s; embeddings by %s; %d questions at a time, %,d tokens a preparation",
                model, base, key.isSet() ? "with a key" : "without a key", embedder.isEmpty() ? "no model" : embedder,
                parallel, tokens);
    }

    private static String value(Map<String, String> environment, String name, String otherwise) {
        String value = environment.getOrDefault(name, "").strip();
        return value.isEmpty() ? otherwise : value;
    }

    private static long number(Map<String, String> environment, String name, String otherwise, long most) {
        String text = value(environment, name, otherwise);
        if (!text.matches("[1-9]\\d{0,17}") || Long.parseLong(text) > most) {
            throw new IllegalArgumentException(name + " must be a whole number 1.." + most + ", got \"" + text + "\"");
        }
        return Long.parseLong(text);
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
