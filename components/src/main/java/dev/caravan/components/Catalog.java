package dev.caravan.components;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ArtifactModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.jspecify.annotations.Nullable;

/** What there is for this version of Camel. */
final class Catalog {

    private static final int SUGGESTIONS = 8;

    private final CamelCatalog camel = new DefaultCamelCatalog(true);

    /**
     * The library of a component, a data format or a language.
     *
     * @param name such as {@code sftp}, or the coordinate of any library
     * @throws UsageException when there is none, with those of similar names
     */
    Coordinate find(String name) {
        if (name.contains(":")) {
            return Coordinate.parse(name);
        }
        String plain = name.toLowerCase(Locale.ROOT);
        ArtifactModel<?> model = component(plain);
        if (model == null) {
            model = camel.dataFormatModel(plain);
        }
        if (model == null) {
            model = camel.languageModel(plain);
        }
        if (model == null) {
            model = camel.otherModel(plain);
        }
        if (model == null) {
            List<String> similar = camel.findComponentNames().stream()
                    .filter(other -> other.contains(plain) || plain.contains(other))
                    .limit(SUGGESTIONS)
                    .toList();
            throw new UsageException("Camel " + camel.getCatalogVersion() + " has no component " + name
                    + (similar.isEmpty() ? "" : ", but " + String.join(", ", similar)) + ".");
        }
        return new Coordinate(model.getGroupId(), model.getArtifactId(), model.getVersion());
    }

    private @Nullable ComponentModel component(String scheme) {
        ComponentModel model = camel.componentModel(scheme);
        if (model != null) {
            return model;
        }
        return camel.findComponentNames().stream()
                .map(camel::componentModel)
                .filter(other -> List.of(
                                String.valueOf(other.getAlternativeSchemes()).split(","))
                        .contains(scheme))
                .findFirst()
                .orElse(null);
    }

    /** Components of a library, each with what it is for. */
    List<String> components(String artifact) {
        List<String> lines = new ArrayList<>();
        for (String name : camel.findComponentNames()) {
            ComponentModel model = camel.componentModel(name);
            if (artifact.equals(model.getArtifactId())) {
                lines.add(String.format("  %-16s %s", name, model.getDescription()));
            }
        }
        return lines;
    }
}
