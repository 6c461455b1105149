package trex.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import trex.json.Json;
import trex.model.Example;
import trex.model.SealedSplit;
import trex.model.Split;

/// A split on disk: one [Example] a line, as JSON.
public final class SplitFile {
    private SplitFile() {}

    /// Written whole or not at all.
    public static SealedSplit write(Path file, Split split, List<Example> examples) throws IOException {
        MessageDigest digest = sha256();
        WholeFile.write(file, out -> {
            Writer text = new OutputStreamWriter(new DigestOutputStream(out, digest), StandardCharsets.UTF_8);
            for (Example example : examples) {
                text.write(Json.mapper().writeValueAsString(example));
                text.write('\n');
            }
            text.flush();
        });
        return new SealedSplit(split, file.toString(), examples.size(), HexFormat.of().formatHex(digest.digest()));
    }

    /// @throws BrokenData where the file is not the one that was sealed
    static List<Example> read(SealedSplit sealed) throws BrokenData, IOException {
        MessageDigest digest = sha256();
        List<Example> examples = new ArrayList<>(sealed.rows());
        try (BufferedReader text = new BufferedReader(new InputStreamReader(
                new DigestInputStream(Files.newInputStream(Path.of(sealed.path())), digest), StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                examples.add(Json.mapper().readValue(line, Example.class));
            }
        } catch (JsonProcessingException e) {
            throw new BrokenData(changed(sealed), e);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sealed.sha256()) || examples.size() != sealed.rows()) {
            throw new BrokenData(changed(sealed));
        }
        return List.copyOf(examples);
    }

    private static String changed(SealedSplit sealed) {
        return sealed.path() + " was changed after it was sealed: its digest is no longer " + sealed.sha256()
                + "; start a new study";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
