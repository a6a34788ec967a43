package io.arrakis.runtime.plugin;

import io.arrakis.api.ToolPlugin;
import io.arrakis.testkit.PluginJar;

/** The sources of a small tool, for jars that tests make. */
final class ExamplePlugin {

    private static final String OPERATION = """
            package org.example.%1$s;
            import io.arrakis.api.activation.Requirements;
            import io.arrakis.api.operation.*;
            public final class CountWords implements Operation<CountWords.Params, CountWords.Counts> {
                public record Params(@DefaultValue("3") int atLeast) {}
                public record Counts(int words) {}
                @Override public Requirements requires(Params params, Planning planning) { return Requirements.none(); }
                @Override public Counts run(Params params, Inputs inputs, OperationContext context) { return new Counts(1); }
            }
            """;

    private static final String PLUGIN = """
            package org.example.%1$s;
            import io.arrakis.api.*;
            import java.util.List;
            public final class Plugin implements ToolPlugin {
                %3$s
                @Override public int apiVersion() { return %4$s; }
                @Override public List<ToolDescriptor> tools() {
                    return List.of(ToolDescriptor.named("%2$s", summary(), CountWords.class));
                }
                %5$s
            }
            """;

    private String packageName = "words";
    private String tool = "words";
    private String constructor = "";
    private String apiVersion = "ApiVersion.CURRENT";
    private String summary = "\"Counts words.\"";

    ExamplePlugin in(String name) {
        packageName = name;
        return this;
    }

    ExamplePlugin tool(String name) {
        tool = name;
        return this;
    }

    /** Statements of the plug-in's constructor. */
    ExamplePlugin constructor(String statements) {
        constructor = "public Plugin() { " + statements + " }";
        return this;
    }

    ExamplePlugin apiVersion(int version) {
        apiVersion = Integer.toString(version);
        return this;
    }

    /** An expression for the summary of the tool: what it computes can be read from the catalogue. */
    ExamplePlugin summary(String expression) {
        summary = expression;
        return this;
    }

    String className() {
        return "org.example." + packageName + ".Plugin";
    }

    PluginJar jar() {
        String method = "private static String summary() { try { return " + summary
                + "; } catch (Exception e) { return e.toString(); } }";
        return new PluginJar()
                .source("org.example." + packageName + ".CountWords", OPERATION.formatted(packageName))
                .source(className(), PLUGIN.formatted(packageName, tool, constructor, apiVersion, method))
                .service(ToolPlugin.class, className());
    }
}
