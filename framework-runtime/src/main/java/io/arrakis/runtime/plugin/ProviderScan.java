package io.arrakis.runtime.plugin;

import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Makes the providers of a service one at a time, so that a broken one does not hide the others. */
final class ProviderScan {

    /** A services file that is damaged as a whole can fail again and again without moving on. */
    private static final int MOST_FAILURES = 100;

    private final Consumer<Broken> broken;

    ProviderScan(Consumer<Broken> broken) {
        this.broken = broken;
    }

    /**
     * Hands over each provider that a realm has, with its origin.
     *
     * @param what word for the kind of thing, for messages
     * @return how many providers the realm names, broken ones counted
     */
    <S> int scan(Class<S> service, String what, Realm realm, BiConsumer<S, Origin> found) {
        Iterator<ServiceLoader.Provider<S>> providers =
                ServiceLoader.load(service, realm.loader()).stream().iterator();
        int named = 0;
        int failures = 0;
        while (failures < MOST_FAILURES) {
            try {
                if (!providers.hasNext()) {
                    return named;
                }
                ServiceLoader.Provider<S> provider = providers.next();
                named++;
                make(provider, what, realm, found);
            } catch (ServiceConfigurationError | LinkageError e) {
                named++;
                failures++;
                broken.accept(Broken.threw(what, List.of(), Origin.of(realm), e));
            }
        }
        return named;
    }

    private <S> void make(ServiceLoader.Provider<S> provider, String what, Realm realm, BiConsumer<S, Origin> found) {
        Origin origin = Origin.of(provider.type(), realm);
        Contained.run(
                () -> found.accept(provider.get(), origin),
                thrown -> broken.accept(Broken.threw(what, List.of(), origin, thrown)));
    }
}
