package io.arrakis.benchmarks.linalg;

import java.util.function.Supplier;

/** The pieces of work that are timed, with the sizes that users meet and odd ones. */
public enum Workloads {
    SELF_20000(() -> NearestWorkload.self(20_000, 384)),
    SELF_50000(() -> NearestWorkload.self(50_000, 384)),
    SELF_7019(() -> NearestWorkload.self(7_019, 197)),
    QUERIES_2000_OF_300000(() -> NearestWorkload.queries(2_000, 300_000, 384)),
    CROWDING_768(() -> new CrowdingWorkload(768, 3_072)),
    CROWDING_2048(() -> new CrowdingWorkload(2_048, 5_632)),
    MAX_T(() -> new MaxTWorkload(9_216, 400, 1_000)),
    MAX_T_ODD(() -> new MaxTWorkload(1_537, 211, 333)),
    CIRCUITS_768(() -> new CircuitsWorkload(768, 12, 64)),
    CIRCUITS_2048(() -> new CircuitsWorkload(2_048, 32, 64)),
    CIRCUITS_4096(() -> new CircuitsWorkload(4_096, 32, 128)),
    PAIRS_10000(() -> new PairsWorkload(10_000, 32, 1)),
    PAIRS_10000_72_HEADS(() -> new PairsWorkload(10_000, 32, 72));

    private final Supplier<Workload> maker;

    Workloads(Supplier<Workload> maker) {
        this.maker = maker;
    }

    Workload make() {
        return maker.get();
    }
}
