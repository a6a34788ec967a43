package io.arrakis.api.activation;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.IndexSet;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.model.KeptType;
import io.arrakis.api.stability.Stable;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Activations to keep from forward passes over texts.
 *
 * <p>Hooks with a key axis ({@code hook_attn_scores}, {@code hook_pattern}) have no rows of one width and cannot be captured;
 * read them in further passes.
 *
 * @param id            name of this capture in its operation
 * @param texts         what the model reads
 * @param rows          which positions become rows, and how they are pooled
 * @param hooks         what to keep, at least one hook point with rows
 * @param maxTokens     texts are cut to so many tokens, special tokens counted; the context length of the model if empty
 * @param interventions what is changed in the pass; empty for the model as it is
 * @param positions     which tokens of a text count for the rows at all, special tokens counted; only where the rows are made of
 *                      tokens of each text: {@link Rows#EACH}, {@link Rows#EACH_WITH_SPECIAL}, {@link Rows#MAX}, {@link Rows#MEAN}
 *                      and {@link Rows#MEAN_WITH_SPECIAL}
 * @param type          what numbers the rows are kept in
 */
@Stable
public record CaptureRequest(
        String id,
        TextSource texts,
        Rows rows,
        List<HookName> hooks,
        OptionalInt maxTokens,
        List<Intervention> interventions,
        Positions positions,
        KeptType type) {

    /** Copies the lists. */
    public CaptureRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(texts, "texts");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(maxTokens, "maxTokens");
        Objects.requireNonNull(positions, "positions");
        Objects.requireNonNull(type, "type");
        hooks = List.copyOf(hooks);
        interventions = List.copyOf(interventions);
        if (hooks.isEmpty()) {
            throw new IllegalArgumentException("capture '" + id + "' names no hook point");
        }
        if (interventions.stream().anyMatch(change -> !(change.rows() instanceof IndexSet.All))) {
            throw new IllegalArgumentException(
                    "capture '" + id + "' changes chosen rows of a batch, but the planner makes the batches");
        }
        if (!(positions instanceof Positions.All) && rows.choosesPositions()) {
            throw new IllegalArgumentException(
                    "capture '" + id + "' asks for chosen positions, but rows " + rows + " choose them already");
        }
    }

    /** Every position of the texts, kept in float32. */
    public CaptureRequest(
            String id,
            TextSource texts,
            Rows rows,
            List<HookName> hooks,
            OptionalInt maxTokens,
            List<Intervention> interventions) {
        this(id, texts, rows, hooks, maxTokens, interventions, Positions.all(), KeptType.FLOAT32);
    }

    /** Describes a capture of whole texts from the unchanged model. */
    public static CaptureRequest of(String id, TextSource texts, Rows rows, List<HookName> hooks) {
        return new CaptureRequest(id, texts, rows, hooks, OptionalInt.empty(), List.of());
    }

    /** Returns the same with texts cut to so many tokens. */
    public CaptureRequest cutTo(int tokens) {
        return new CaptureRequest(id, texts, rows, hooks, OptionalInt.of(tokens), interventions, positions, type);
    }

    /** Returns the same with changes made in the pass. */
    public CaptureRequest with(List<Intervention> changes) {
        return new CaptureRequest(id, texts, rows, hooks, maxTokens, changes, positions, type);
    }

    /** Returns the same of these positions alone; a text that has none of them is an error where it makes one row. */
    public CaptureRequest at(Positions chosen) {
        return new CaptureRequest(id, texts, rows, hooks, maxTokens, interventions, chosen, type);
    }

    /** Returns the same kept in these numbers. */
    public CaptureRequest keptAs(KeptType numbers) {
        return new CaptureRequest(id, texts, rows, hooks, maxTokens, interventions, positions, numbers);
    }
}
