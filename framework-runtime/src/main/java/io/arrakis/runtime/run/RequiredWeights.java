package io.arrakis.runtime.run;

import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.Weights;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights that an operation required, and no others. */
final class RequiredWeights implements Weights {

    private final Weights all;
    private final Set<WeightName> required;
    private final Runnable requireOpen;

    RequiredWeights(Weights all, Set<WeightName> required, Runnable requireOpen) {
        this.all = all;
        this.required = required;
        this.requireOpen = requireOpen;
    }

    @Override
    public List<WeightName> names() {
        return all.names().stream().filter(required::contains).toList();
    }

    @Override
    public long[] shape(WeightName name) {
        return all.shape(name);
    }

    @Override
    public INDArray get(WeightName name) {
        requireOpen.run();
        if (!required.contains(name)) {
            throw new IllegalArgumentException("weight " + name + " was not required; required are " + names());
        }
        return all.get(name);
    }

    @Override
    public long bytesRead() {
        return all.bytesRead();
    }
}
