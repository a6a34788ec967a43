package io.arrakis.tools.lens;

/** What a head attends to, by the names that the field has for it. */
enum HeadScore {
    /** The token just before. */
    PREVIOUS_TOKEN("previous token", "the token just before"),
    /** The same token at another place: an earlier one in causal models. */
    DUPLICATE_TOKEN("duplicate token", "the same token elsewhere"),
    /** The token that followed the same token before. */
    INDUCTION("induction", "the token that followed the same token before (induction)"),
    /** The first position. */
    FIRST_TOKEN("first token", "the first position");

    private final String label;
    private final String place;

    HeadScore(String label, String place) {
        this.label = label;
        this.place = place;
    }

    /** Returns the name for people. */
    String label() {
        return label;
    }

    /** Returns where such a head looks. */
    String place() {
        return place;
    }
}
