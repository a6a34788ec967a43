package io.arrakis.runtime.device;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an experiment asks to be computed. */
public sealed interface DeviceRequest {

    /** The best that is there. */
    record Auto() implements DeviceRequest {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /** The processor. */
    record Cpu() implements DeviceRequest {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /** Any GPU; the one with the most memory is taken, the first of equal ones. */
    record AnyGpu() implements DeviceRequest {
        @Override
        public String toString() {
            return "gpu";
        }
    }

    /** One GPU by its index. */
    record OneGpu(int index) implements DeviceRequest {
        @Override
        public String toString() {
            return "gpu:" + index;
        }
    }

    /** What a request may look like. */
    Pattern FORM = Pattern.compile("auto|cpu|gpu(?::(\\d{1,4}))?");

    /**
     * Reads {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}.
     *
     * @throws ArrakisException with {@code SPEC-CHOICE} for anything else
     */
    static DeviceRequest parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new ArrakisException(
                    ErrorCode.SPEC_CHOICE, "device", "'" + text + "' is no device", "choose auto, cpu, gpu or gpu:N");
        }
        if (matcher.group(1) != null) {
            return new OneGpu(Integer.parseInt(matcher.group(1)));
        }
        return switch (text) {
            case "auto" -> new Auto();
            case "cpu" -> new Cpu();
            default -> new AnyGpu();
        };
    }
}
