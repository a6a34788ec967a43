package io.arrakis.runner;

import io.arrakis.api.ToolPlugin;
import io.arrakis.testkit.PluginJar;

/** The sources of a stranger's tool with one operation, whose parts a test may break. */
final class StrangeTool {

    private static final String OPERATION = """
            package org.strange.%1$s;
            import io.arrakis.api.activation.*;
            import io.arrakis.api.operation.*;
            import io.arrakis.api.result.*;
            import jakarta.inject.Inject;
            import jakarta.validation.constraints.*;
            @Description("Says a word.")
            public final class Say implements Operation<Say.Params, Say.Said> {
                public record Params(@Description("How often.") @DefaultValue("1") @Min(1) @Max(5) int times) {}
                public record Said(String said) {}
                @Inject public Say() {}
                @Override public Requirements requires(Params params, Planning planning) { return Requirements.none(); }
                @Override public Said run(Params params, Inputs inputs, OperationContext context) {
                    try { return new Said(%2$s); } catch (Exception e) { throw new IllegalStateException(e); }
                }
            }
            """;

    private static final String PLUGIN = """
            package org.strange.%1$s;
            import io.arrakis.api.*;
            import java.util.List;
            public final class Plugin implements ToolPlugin {
                public Plugin() { %2$s }
                @Override public int apiVersion() { return %3$s; }
                @Override public List<ToolDescriptor> tools() {
                    return List.of(ToolDescriptor.named("%4$s", "A stranger's.", Say.class));
                }
                @Override public com.google.inject.Module bindings() { return binder -> { %5$s }; }
            }
            """;

    private final String name;
    private String tool;
    private String constructor = "";
    private String apiVersion = "ApiVersion.CURRENT";
    private String module = "";
    private String word = "\"a word\"";

    private StrangeTool(String name) {
        this.name = name;
        this.tool = name;
    }

    /** The name of its tool and of its package. */
    static StrangeTool named(String name) {
        return new StrangeTool(name);
    }

    StrangeTool claiming(String other) {
        tool = other;
        return this;
    }

    StrangeTool constructor(String statements) {
        constructor = statements;
        return this;
    }

    StrangeTool builtFor(int api) {
        apiVersion = Integer.toString(api);
        return this;
    }

    StrangeTool module(String statements) {
        module = statements;
        return this;
    }

    /** An expression for what the operation says when it runs. */
    StrangeTool saying(String expression) {
        word = expression;
        return this;
    }

    String className(String simple) {
        return "org.strange." + name + "." + simple;
    }

    PluginJar jar() {
        return new PluginJar()
                .source(className("Say"), OPERATION.formatted(name, word))
                .source(className("Plugin"), PLUGIN.formatted(name, constructor, apiVersion, tool, module))
                .service(ToolPlugin.class, className("Plugin"));
    }
}
