package io.arrakis.runtime.result;

/**
 * Where a value is in a result.
 *
 * @param path        component names in snake case, indices and keys, joined by dots; empty for the result itself
 * @param description the same without indices and keys
 * @param undefined   whether NaN may stand here
 */
record Place(String path, String description, boolean undefined) {

    static final Place RESULT = new Place("", "", false);

    Place component(String name, boolean mayBeUndefined) {
        return new Place(join(path, name), join(description, name), undefined || mayBeUndefined);
    }

    Place element(Object indexOrKey) {
        return new Place(join(path, indexOrKey.toString()), description, undefined);
    }

    Place undefinable() {
        return new Place(path, description, true);
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    @Override
    public String toString() {
        return path.isEmpty() ? "the result" : "'" + path + "'";
    }
}
