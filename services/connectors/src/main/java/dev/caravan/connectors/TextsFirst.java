package dev.caravan.connectors;

import java.util.Comparator;
import org.apache.camel.component.file.GenericFile;
import org.springframework.stereotype.Component;

/** The order in which a source shows files that are there together: what is said of a video, then the oldest first. */
@Component
final class TextsFirst implements Comparator<GenericFile<?>> {

    private static final Comparator<GenericFile<?>> ORDER = Comparator.<GenericFile<?>, Boolean>comparing(
                    file -> !file.getFileName().endsWith(".json"))
            .thenComparing(GenericFile::getLastModified);

    @Override
    public int compare(GenericFile<?> one, GenericFile<?> other) {
        return ORDER.compare(one, other);
    }
}
