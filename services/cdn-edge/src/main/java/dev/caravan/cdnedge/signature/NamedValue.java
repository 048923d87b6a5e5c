package dev.caravan.cdnedge.signature;

/** A query parameter as it was sent; names may occur again. */
public record NamedValue(String name, String value) {}
