package trex.json;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.impl.PropertyValueBuffer;
import com.fasterxml.jackson.databind.deser.std.StdValueInstantiator;
import com.fasterxml.jackson.databind.module.SimpleValueInstantiators;
import java.io.IOException;
import java.util.Map;
import trex.model.Budget;
import trex.model.DataProfile;
import trex.model.Example;
import trex.model.GradientCheckpointing;
import trex.model.LoraInit;
import trex.model.LoraScaling;
import trex.model.Method;
import trex.model.Optimization;
import trex.model.Optimizer;
import trex.model.Procedure;
import trex.model.Quantization;
import trex.model.Recipe;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.Selection;
import trex.model.Template;

/// Fields that records got after files had been written without them: absent, they have the value
/// that says what those files meant. Every other absent field stays an error.
final class LaterFields extends SimpleValueInstantiators {
    private static final long serialVersionUID = 1;

    private static final Object NOTHING = new Object();

    private static final Map<Class<?>, Map<String, Object>> MEANT = Map.of(
            Method.Lora.class, Map.of("scaling", LoraScaling.RANK, "magnitudes", false, "init", LoraInit.RANDOM,
                    "rateRatio", 1.0, "base", Quantization.NONE, "frozenLayers", 0),
            Method.Full.class, Map.of("frozenLayers", 0),
            DataProfile.class, Map.of("nearDuplicateShare", 0.0, "goodShare", 0.5),
            RunCost.class, Map.of("takenOver", false, "askedTokens", 0L, "askingSeconds", 0.0),
            Budget.class, Map.of("tokens", 0L, "money", 0.0, "pricePerHour", 0.0, "disk", 0L),
            Optimization.class, Map.of("optimizer", Optimizer.ADAMW, "noise", 0.0),
            RunEvent.Step.class, Map.of("rewards", NOTHING),
            Template.class, Map.of("rejected", NOTHING, "rating", NOTHING),
            Example.class, Map.of("rejected", NOTHING, "good", NOTHING),
            Recipe.class, Map.of("procedure", new Procedure.Supervised(), "selection", Selection.BEST,
                    "gradientCheckpointing", GradientCheckpointing.AUTO));

    @Override
    public ValueInstantiator findValueInstantiator(
            DeserializationConfig config, BeanDescription bean, ValueInstantiator standard) {
        Map<String, Object> meant = MEANT.get(bean.getBeanClass());
        return meant == null ? standard : new Filling((StdValueInstantiator) standard, meant);
    }

    private static final class Filling extends StdValueInstantiator {
        private static final long serialVersionUID = 1;

        private final transient Map<String, Object> meant;

        Filling(StdValueInstantiator standard, Map<String, Object> meant) {
            super(standard);
            this.meant = meant;
        }

        @Override
        public Object createFromObjectWith(
                DeserializationContext context, SettableBeanProperty[] fields, PropertyValueBuffer values)
                throws IOException {
            for (SettableBeanProperty field : fields) {
                Object value = meant.get(field.getName());
                if (value != null && !values.hasParameter(field)) {
                    values.assignParameter(field, value == NOTHING ? null : value);
                }
            }
            return super.createFromObjectWith(context, fields, values);
        }
    }
}
