package trex.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import trex.model.Approval;

/// `--approve`: who decides about proposals.
final class ApprovalOption {
    @Option(names = "--approve", paramLabel = "ask|auto|SECONDS", converter = Converter.class,
            description = "Ask in the terminal, approve by itself, or approve by itself after so many seconds.")
    private @Nullable Approval approval;

    Approval or(Approval usual) {
        return approval == null ? usual : approval;
    }

    @Nullable Approval given() {
        return approval;
    }

    /// Reads the option's value.
    static final class Converter implements ITypeConverter<Approval> {
        @Override
        public Approval convert(String value) {
            try {
                return Approval.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
