package io.arrakis.runtime.model;

import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Arrays that something still holds, counted by the virtual machine after a collection of garbage. The engine holds every scope
 * that was not closed, and a scope its arrays, so that what nobody closes counts although nobody refers to it.
 *
 * @param engine arrays of the engine
 * @param scopes scopes that own such arrays
 * @param nd4j   arrays of ND4J
 */
record OpenArrays(long engine, long scopes, long nd4j) {

    /** Collects garbage, twice, since what is closed by references goes with the second. */
    static OpenArrays count() throws JMException {
        histogram();
        String histogram = histogram();
        return new OpenArrays(
                instances(histogram, "ai.djl.pytorch.engine.PtNDArray"),
                instances(histogram, "ai.djl.pytorch.engine.PtNDManager"),
                instances(histogram, "org.nd4j.linalg.cpu.nativecpu.NDArray"));
    }

    private static String histogram() throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
    }

    private static long instances(String histogram, String type) {
        Matcher line = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(type) + "(\\s.*)?")
                .matcher("");
        return histogram
                .lines()
                .filter(text -> line.reset(text).matches())
                .mapToLong(text -> Long.parseLong(line.group(1)))
                .sum();
    }
}
