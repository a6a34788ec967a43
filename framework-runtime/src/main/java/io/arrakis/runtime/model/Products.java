package io.arrakis.runtime.model;

/** What computes the linear layers. */
enum Products {
    /** oneDNN, on weights that were packed for it. */
    ONEDNN("products_onednn.py"),
    /** libtorch's own, on weights as they are. */
    LIBTORCH("products_torch.py");

    private final String resource;

    Products(String resource) {
        this.resource = resource;
    }

    /** The source of the steps that multiply. */
    String resource() {
        return resource;
    }
}
