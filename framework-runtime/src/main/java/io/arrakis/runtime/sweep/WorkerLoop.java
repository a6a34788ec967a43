package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.run.RunServices;
import io.arrakis.runtime.run.RunSession;
import io.arrakis.runtime.spec.Experiment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What a worker process does: reads a trial a line, runs it, and answers with a line when it has ended. Ends when its input ends,
 * which is also how it learns that who started it is gone.
 */
public final class WorkerLoop {

    /** The first line that a worker writes: it has loaded what it needs. */
    static final String READY = "{\"ready\":true}";

    /** Key of an answer: what is wrong with the directory of the sweep, for all trials. */
    static final String PROBLEMS = "problems";

    /** Key of an answer: what is wrong with the trial, which could not be read; nothing is written of it yet. */
    static final String REFUSED = "refused";

    private static final Optional<String> END = Optional.empty();

    private final SweepDirectory directory;
    private final RunServices services;
    private final BiFunction<String, Path, Experiment> reader;
    private final Consumer<String> answers;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    /**
     * Makes a loop.
     *
     * @param reader  reads a resolved experiment, which stands or is going to stand in a file
     * @param answers takes each line of answers, and sends it at once
     */
    public WorkerLoop(
            SweepDirectory directory,
            RunServices services,
            BiFunction<String, Path, Experiment> reader,
            Consumer<String> answers) {
        this.directory = directory;
        this.services = services;
        this.reader = reader;
        this.answers = answers;
    }

    /** Works until the input ends. */
    public void run(InputStream input) {
        Thread listening = new Thread(() -> listen(input), "worker-input");
        listening.setDaemon(true);
        listening.start();
        answers.accept(READY);
        try (RunSession session = new RunSession(services);
                TrialWork work = new TrialWork(directory, session, services.cancellation()::check)) {
            Optional<String> line = lines.take();
            while (line.isPresent()) {
                answers.accept(answer(WorkerMessage.parse(line.get()), work));
                line = lines.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("a worker was told what is no JSON", e);
        }
    }

    /** The end of the input stops the trial that is running. */
    private void listen(InputStream input) {
        try (BufferedReader from = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            String line = from.readLine();
            while (line != null) {
                lines.add(Optional.of(line));
                line = from.readLine();
            }
        } catch (IOException e) {
            services.cancellation().cancel(); // as where it ends
        }
        services.cancellation().cancel();
        lines.clear();
        lines.add(END);
    }

    private String answer(WorkerMessage message, TrialWork work) {
        Experiment experiment;
        try {
            experiment = reader.apply(
                    message.experiment(), directory.trial(message.id()).experiment());
        } catch (CancellationException e) {
            return ended(message.id(), work.status(message.id()));
        } catch (ArrakisException e) {
            return problems(
                    message.id(),
                    REFUSED,
                    e.problems().stream().filter(Problem::isError).toList());
        }
        return answer(message.trial(experiment), message.terms(), work);
    }

    private static String answer(Trial trial, TrialWork.Terms terms, TrialWork work) {
        try {
            return ended(trial.id(), work.run(trial, terms));
        } catch (CancellationException e) {
            return ended(trial.id(), work.status(trial.id()));
        } catch (ArrakisException e) {
            return problems(trial.id(), PROBLEMS, e.problems());
        }
    }

    private static String ended(String id, TrialStatus status) {
        return Json.line(JsonNodeFactory.instance
                .objectNode()
                .put("trial", id)
                .put("state", status.state().name()));
    }

    private static String problems(String id, String key, List<Problem> problems) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("trial", id);
        answer.set(key, ProblemJson.of(problems));
        return Json.line(answer);
    }
}
