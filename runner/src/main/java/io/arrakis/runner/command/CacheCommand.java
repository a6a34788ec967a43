package io.arrakis.runner.command;

import io.arrakis.runner.render.Bytes;
import io.arrakis.runner.render.Console;
import io.arrakis.runner.render.TextTable;
import io.arrakis.runtime.cache.ActivationCache;
import io.arrakis.runtime.cache.CacheInfo;
import io.arrakis.runtime.plugin.PluginPath;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks after the activation cache. */
@Command(
        name = "cache",
        description = "Shows, checks or empties the activation cache.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(info | verify | clear)")
final class CacheCommand {

    private final Console console;

    CacheCommand(Console console) {
        this.console = console;
    }

    @Command(name = "info", description = "Prints where the cache is and how full.", mixinStandardHelpOptions = true)
    int info(@Mixin CacheOption option) {
        CacheInfo info = open(option).info();
        TextTable table = new TextTable()
                .row("directory", info.directory().toString())
                .row("files", Integer.toString(info.matrices()))
                .row("size", Bytes.text(info.bytes()) + " of at most " + Bytes.text(info.budgetBytes()))
                .row("set aside", info.damaged() + " damaged, " + Bytes.text(info.damagedBytes()))
                .row("free on disk", Bytes.text(info.freeBytes()));
        table.lines().forEach(console::result);
        return ExitStatus.DONE.number();
    }

    @Command(
            name = "verify",
            description =
                    "Reads every file against its checksum and sets damaged ones aside; status 5 if there were any.",
            mixinStandardHelpOptions = true)
    int verify(@Mixin CacheOption option) {
        ActivationCache cache = open(option);
        List<Path> damaged = cache.verify(file -> console.say("checking " + file.getFileName()));
        damaged.forEach(file -> console.result("damaged: " + file));
        console.result(cache.info().matrices() + " files are whole, " + damaged.size() + " damaged");
        return damaged.isEmpty() ? ExitStatus.DONE.number() : ExitStatus.CHECK.number();
    }

    @Command(name = "clear", description = "Deletes everything in the cache.", mixinStandardHelpOptions = true)
    int clear(@Mixin CacheOption option) {
        console.result("freed " + Bytes.text(open(option).clear()));
        return ExitStatus.DONE.number();
    }

    private static ActivationCache open(CacheOption option) {
        return new ActivationCache(option.settings(PluginPath.none()).activations());
    }
}
