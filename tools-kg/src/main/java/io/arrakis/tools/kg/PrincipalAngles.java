package io.arrakis.tools.kg;

import java.util.List;
import java.util.stream.DoubleStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * How far two subspaces are apart, whatever directions span them: singular vectors with nearly equal values mix, their span does
 * not.
 *
 * @see "Bjorck and Golub 1973, Numerical Methods for Computing Angles between Linear Subspaces"
 */
final class PrincipalAngles {

    private PrincipalAngles() {}

    /**
     * Returns the cosines of the principal angles, largest first, 0 to 1; as many as the smaller subspace has dimensions.
     *
     * @param a orthonormal directions as rows, {@code [n, width]}
     * @param b orthonormal directions as rows, {@code [m, width]}
     */
    static double[] cosines(HeapMatrix a, HeapMatrix b) {
        RealMatrix product = new Array2DRowRealMatrix(a.rows(), b.rows());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.rows(); j++) {
                product.setEntry(i, j, Vectors.dot(a, i, b, j));
            }
        }
        return DoubleStream.of(new SingularValueDecomposition(product).getSingularValues())
                .map(cosine -> Math.min(1, cosine))
                .toArray();
    }

    /** Returns the principal angles in degrees, smallest first. */
    static List<Double> degrees(HeapMatrix a, HeapMatrix b) {
        return DoubleStream.of(cosines(a, b))
                .mapToObj(cosine -> Math.toDegrees(Math.acos(cosine)))
                .toList();
    }

    /** Returns the mean squared cosine: 1 for the same subspace, 0 for orthogonal ones. */
    static double overlap(HeapMatrix a, HeapMatrix b) {
        return DoubleStream.of(cosines(a, b))
                .map(cosine -> cosine * cosine)
                .average()
                .orElseThrow();
    }
}
