package io.arrakis.runtime.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What was offered of one kind; a name that is offered twice belongs to nobody. */
final class Registry<T> {

    private final String what;
    private final Map<String, List<Provided<T>>> offers = new TreeMap<>();

    Registry(String what) {
        this.what = what;
    }

    void add(Provided<T> offer) {
        offers.computeIfAbsent(offer.name(), name -> new ArrayList<>()).add(offer);
    }

    /** Returns the offers by name, and reports names that were offered twice. */
    Map<String, Provided<T>> settle(Consumer<Broken> broken) {
        Map<String, Provided<T>> settled = new TreeMap<>();
        offers.forEach((name, offered) -> {
            if (offered.size() == 1) {
                settled.put(name, offered.get(0));
            } else {
                broken.accept(duplicate(name, offered));
            }
        });
        return settled;
    }

    private Broken duplicate(String name, List<Provided<T>> offered) {
        String jars = offered.stream().map(offer -> offer.origin().toString()).collect(Collectors.joining(" and "));
        String reason = "the name is taken by " + jars + "; take one of them away";
        return Broken.because(
                what, List.of(name), offered.get(offered.size() - 1).origin(), reason);
    }
}
