package dev.caravan.cdnedge.signature;

/** A query parameter or cookie as it was sent; names may occur again. */
public record NamedValue(String name, String value) {}
