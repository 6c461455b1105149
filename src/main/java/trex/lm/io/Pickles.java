package trex.lm.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import trex.lm.UnreadableModel;

/// Refuses files that could carry a program: Python pickles, and the zip archives in which PyTorch
/// and TorchScript keep theirs. They are told by their content, whatever they are named.
final class Pickles {
    private Pickles() {}

    static void refuse(MappedFile file) throws UnreadableModel {
        if (file.size() < 4) {
            return;
        }
        int first = file.bytes().get(JAVA_BYTE, 0) & 0xff;
        int second = file.bytes().get(JAVA_BYTE, 1) & 0xff;
        int third = file.bytes().get(JAVA_BYTE, 2) & 0xff;
        boolean zip = first == 'P' && second == 'K' && third <= 7;
        boolean pickle = first == 0x80 && second >= 2 && second <= 5 && isPickleOpcode(third);
        if (zip || pickle) {
            throw new UnreadableModel(file.path(), "it is a pickled or TorchScript file, which can carry a program and "
                    + "is never loaded; use the model's safetensors or GGUF file");
        }
    }

    /// What pickles of protocol 2 to 5 begin with: `c } ] ( ) X U q F 0x8a 0x95`, and numbers.
    private static boolean isPickleOpcode(int code) {
        return "c}](){XUqFKMJGIN.".indexOf(code) >= 0 || code == 0x8a || code == 0x8c || code == 0x95;
    }
}
