package trex.gui;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips a test of the window where no window can open.
public final class NeedsDisplay implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean linux = System.getProperty("os.name").startsWith("Linux");
        String display = System.getenv("DISPLAY");
        return linux && (display == null || display.isBlank())
                ? ConditionEvaluationResult.disabled("no DISPLAY: ./trex test provides one")
                : ConditionEvaluationResult.enabled("a display is there");
    }
}
