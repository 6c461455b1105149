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
import trex.model.LoraScaling;
import trex.model.Method;

/// Fields that records got after files had been written without them: absent, they have the value
/// that says what those files meant. Every other absent field stays an error.
final class LaterFields extends SimpleValueInstantiators {
    private static final long serialVersionUID = 1;

    private static final Map<Class<?>, Map<String, Object>> MEANT =
            Map.of(Method.Lora.class, Map.of("scaling", LoraScaling.RANK));

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
                    values.assignParameter(field, value);
                }
            }
            return super.createFromObjectWith(context, fields, values);
        }
    }
}
