package io.arrakis.runtime.plan;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.KeptType;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.cache.MatrixShape;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Where the tensors of one batch stand in one column of numbers. */
final class KeptTensors {

    private final SortedMap<HookName, long[]> shapes = new TreeMap<>();
    private final Map<HookName, Integer> first = new TreeMap<>();
    private final KeptType type;
    private final int count;

    KeptTensors(Architecture architecture, TokenBatch batch, ForwardRequest request) {
        this.type = request.type();
        long next = 0;
        for (HookName hook : request.hooks()) {
            long[] shape = request.shape(hook, architecture, batch);
            shapes.put(hook, shape);
            first.put(hook, (int) next);
            next = Math.addExact(next, size(shape));
            requireRoom(next);
        }
        this.count = (int) next;
    }

    private static void requireRoom(long numbers) {
        if (numbers > Integer.MAX_VALUE) {
            throw new ArrakisException(
                    ErrorCode.MEMORY,
                    "a pass",
                    "it would keep " + numbers + " numbers or more, and " + Integer.MAX_VALUE + " are the most",
                    "ask for fewer hook points, or for fewer or shorter texts at a time");
        }
    }

    private static long size(long[] shape) {
        return LongStream.of(shape).reduce(1, Math::multiplyExact);
    }

    MatrixShape matrix() {
        return new MatrixShape(count, 1, type);
    }

    SortedSet<HookName> hooks() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(shapes.keySet()));
    }

    int first(HookName hook) {
        return first.get(hook);
    }

    int size(HookName hook) {
        return Math.toIntExact(size(shapes.get(hook)));
    }

    long[] shape(HookName hook) {
        return shapes.get(hook).clone();
    }
}
