package trex.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import trex.model.GradientCheckpointing;
import trex.model.Recipe;

/// Tells a run from every other: recipe and examples. Gradient checkpointing changes no bit of what
/// is learnt, so a run may go on with it that began without.
final class RunDigest {
    private RunDigest() {}

    static String of(Recipe recipe, List<LabelledExample> examples) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(recipe.withGradientCheckpointing(GradientCheckpointing.AUTO).toString().getBytes(StandardCharsets.UTF_8));
            for (LabelledExample example : examples) {
                ByteBuffer bytes = ByteBuffer.allocate(4 * example.ids().length + 4).putInt(example.firstLabel());
                bytes.asIntBuffer().put(example.ids());
                digest.update(bytes.array());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
