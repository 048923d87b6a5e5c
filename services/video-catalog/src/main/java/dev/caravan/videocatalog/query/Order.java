package dev.caravan.videocatalog.query;

/** In which a list is. */
enum Order {
    /** By time and id. */
    NEWEST,
    /** By how much of what is searched for stands in the title, then as {@link #NEWEST}. */
    RELEVANCE
}
