package trex.fetch;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The hosts that files may come from, over https only.
///
/// @param names host names; one that begins with a dot stands for all hosts that end in it
/// @param loopback whether this machine itself may be asked, without encryption: for tests
public record AllowedHosts(Set<String> names, boolean loopback) {
    private static final List<String> PUBLIC =
            List.of("raw.githubusercontent.com", "huggingface.co", ".huggingface.co", ".hf.co");

    public AllowedHosts {
        names = Set.copyOf(names);
    }

    /// GitHub's raw files, the Hugging Face Hub with the hosts it keeps large files on, and the
    /// Hub's replacement where one is set.
    ///
    /// @param hub the Hub's address
    public static AllowedHosts standard(URI hub) {
        Set<String> names = new HashSet<>(PUBLIC);
        names.add(String.valueOf(hub.getHost()));
        return new AllowedHosts(names, false);
    }

    /// @throws Unavailable for an address that is not to be asked
    void check(URI address) throws Unavailable {
        String host = String.valueOf(address.getHost());
        if (loopback && isLoopback(host)) {
            return;
        }
        if (!"https".equalsIgnoreCase(address.getScheme())) {
            throw new Unavailable(address + " is not fetched: only https is; download it yourself and give its path");
        }
        if (names.stream().noneMatch(name -> name.startsWith(".") ? host.endsWith(name) : host.equals(name))) {
            throw new Unavailable(address + " is not fetched: the host " + host + " is none of "
                    + String.join(", ", new TreeSet<>(names)) + "; download it yourself and give its path");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
