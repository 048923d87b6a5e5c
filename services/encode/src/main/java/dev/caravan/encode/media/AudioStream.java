package dev.caravan.encode.media;

import org.jspecify.annotations.Nullable;

/**
 * The sound of a file.
 *
 * @param index of the stream in its file
 * @param seconds its length as declared; null when unknown
 */
public record AudioStream(int index, @Nullable Double seconds) {}
