package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;

/**
 * What heads read of a token that they look at, and what they write for it: the components of {@code W_V W_O}.
 *
 * @param proofError     largest difference of the sum of all components to the tensors' own products on random rows, over their root
 *                       mean square
 * @param read           directions that are read, {@code [subspace, component, coordinate]}, of length 1
 * @param write          directions that are written, {@code [subspace, component, coordinate]}, of length 1
 * @param singularValues {@code [subspace, component]}
 * @param heads          a row for each head
 */
public record OvSubspaces(
        @Description("Largest difference of the sum of all components to the tensors' own products on random rows.")
        double proofError,

        @Description("Directions that are read, [subspace, component, coordinate], of length 1.")
        Tensor read,

        @Description("Directions that are written, of length 1.")
        Tensor write,

        @Description("Singular values, [subspace, component].")
        Tensor singularValues,

        @Description("A row for each head.") Table heads) {}
