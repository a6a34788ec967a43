package io.arrakis.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.activation.Rows;
import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Values;
import io.arrakis.api.model.Dimensions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassPlannerTest {

    private static final ModelKey MODEL = new ModelKey("tiny", "f1");
    private static final List<String> TEXTS = List.of("one two", "three");

    private static TokenTable table(List<String> texts) {
        return new TokenTableBuilder("texts", 32, Path.of("no-directory")).texts(texts, new SpaceTokenizer());
    }

    private static ForwardPass need(
            ModelKey model, TokenTable table, List<Intervention> changes, int layer, Rows rows) {
        return new ForwardPass(
                model, table, changes, new TreeSet<>(Set.of(new Target(HookName.residual(layer), rows))));
    }

    @Test
    void aSweepOfLayersAndSettingsIsOnePass() {
        List<ForwardPass> needs = new ArrayList<>();
        for (int trial = 0; trial < 10; trial++) {
            TokenTable ownTable = table(TEXTS); // each trial reads the texts itself
            IntStream.rangeClosed(0, 6).forEach(layer -> needs.add(need(MODEL, ownTable, List.of(), layer, Rows.EACH)));
        }
        List<ForwardPass> passes = PassPlanner.join(needs);
        assertThat(passes).hasSize(1);
        assertThat(passes.get(0).targets()).hasSize(7);
        assertThat(passes.get(0).hooks().last()).isEqualTo(HookName.residual(6));
    }

    @Test
    void otherModelsTextsAndChangesAreOtherPasses() {
        Intervention zero = Intervention.everywhere(HookName.of(HookPoint.MLP_POST, 0), new Edit.Zero());
        List<ForwardPass> passes = PassPlanner.join(List.of(
                need(MODEL, table(TEXTS), List.of(), 1, Rows.EACH),
                need(new ModelKey("tiny", "f2"), table(TEXTS), List.of(), 1, Rows.EACH),
                need(MODEL, table(List.of("one")), List.of(), 1, Rows.EACH),
                need(MODEL, table(TEXTS), List.of(zero), 1, Rows.EACH),
                need(MODEL, table(TEXTS), List.of(), 1, Rows.MEAN)));
        assertThat(passes).hasSize(4);
        assertThat(passes.get(0).targets()).hasSize(2);
    }

    @Test
    void aPassMustKeepSomething() {
        assertThatThrownBy(() -> new ForwardPass(MODEL, table(TEXTS), List.of(), new TreeSet<>()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void interventionsHaveDifferentTextsWhereAnythingDiffers() {
        HookName at = HookName.of(HookPoint.MLP_POST, 0);
        List<Intervention> different = List.of(
                Intervention.everywhere(at, new Edit.Zero()),
                Intervention.everywhere(at, new Edit.Zero()).inUnits(1),
                Intervention.everywhere(at, new Edit.Zero()).inUnits(2),
                Intervention.everywhere(HookName.of(HookPoint.MLP_POST, 1), new Edit.Zero()),
                Intervention.everywhere(at, new Edit.Scale(0.5)),
                Intervention.everywhere(at, new Edit.Scale(0.25)),
                Intervention.everywhere(at, new Edit.Add(Values.scalar(1))),
                Intervention.everywhere(at, new Edit.Replace(Values.scalar(1))),
                Intervention.everywhere(at, new Edit.Replace(Values.scalar(2))),
                Intervention.everywhere(at, new Edit.Replace(Values.vector(1, 2))));
        assertThat(different.stream().map(PassKeys::text).distinct()).hasSize(different.size());
    }

    @Test
    void keysDependOnEverythingThatDecidesTheNumbers() {
        ForwardPass pass = need(MODEL, table(TEXTS), List.of(), 1, Rows.EACH);
        Target target = pass.targets().first();
        BatchLayout layout = new BatchLayout(64);
        NumericSetup setup = new NumericSetup("cpu", 2);
        List<String> keys = List.of(
                keys(pass, layout, setup).key(target).hash(),
                keys(pass, new BatchLayout(32), setup).key(target).hash(),
                keys(pass, layout, new NumericSetup("gpu", 2)).key(target).hash(),
                keys(pass, layout, new NumericSetup("cpu", 1)).key(target).hash(),
                keys(pass, layout, setup)
                        .key(new Target(HookName.residual(2), Rows.EACH))
                        .hash(),
                keys(pass, layout, setup)
                        .key(new Target(target.hook(), Rows.MEAN))
                        .hash(),
                new PassKeys(pass, hook -> "other weights", layout, setup)
                        .key(target)
                        .hash());
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(keys(pass, layout, setup).key(target).hash()).isEqualTo(keys.get(0));
    }

    private static PassKeys keys(ForwardPass pass, BatchLayout layout, NumericSetup setup) {
        return new PassKeys(pass, hook -> "weights", layout, setup);
    }

    @Test
    void batchesHoldEachTextOnceLongestFirstWithinTheBudget() {
        List<String> texts = IntStream.range(0, 200)
                .mapToObj(i -> "w ".repeat((i * 37) % 30).strip())
                .toList();
        TokenTable table = table(texts);
        BatchLayout layout = new BatchLayout(64);
        List<int[]> batches = layout.batches(table);
        assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, 200).toArray());
        int before = Integer.MAX_VALUE;
        for (int[] batch : batches) {
            int longest = Arrays.stream(batch).map(table::length).max().orElseThrow();
            assertThat(batch.length == 1 || longest * batch.length <= 64).isTrue();
            assertThat(longest).isLessThanOrEqualTo(before);
            before = longest;
        }
        assertThat(layout.batches(table(texts))).usingRecursiveComparison().isEqualTo(batches);
    }

    @Test
    void theLayoutFollowsFromTheModelAlone() {
        assertThat(BatchLayout.of(dims(384, 1536)).tokensPerBatch()).isEqualTo(4096);
        assertThat(BatchLayout.of(dims(4096, 11008)).tokensPerBatch()).isEqualTo(1024);
        assertThat(BatchLayout.of(dims(100_000, 400_000)).tokensPerBatch()).isEqualTo(256);
    }

    private static Dimensions dims(int dModel, int dMlp) {
        return new Dimensions(2, dModel, 4, 4, dModel / 4, dMlp, 100, 32);
    }
}
