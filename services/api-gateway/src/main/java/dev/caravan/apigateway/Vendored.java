package dev.caravan.apigateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/**
 * A library of the page that comes from npm, as {@code vendored.yaml} has it.
 *
 * @param files as they are in its package
 * @param styles hashes of those that it puts into the page, as a content security policy names them
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Vendored(String name, List<File> files, List<String> styles) {

    /** Where {@code vendored.yaml} and the files that it names are, on the classpath. */
    static final String FOLDER = "web/assets/vendor/";

    /**
     * @param file below {@link #FOLDER}
     * @param sha256 in lower-case hexadecimal digits
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record File(String file, String sha256) {}

    Vendored(String name, List<File> files, @Nullable List<String> styles) {
        this.name = name;
        this.files = files;
        this.styles = styles == null ? List.of() : styles;
    }

    static List<Vendored> read() throws IOException {
        try (InputStream yaml = new ClassPathResource(FOLDER + "vendored.yaml").getInputStream()) {
            return new ObjectMapper(new YAMLFactory()).readValue(yaml, new TypeReference<List<Vendored>>() {});
        }
    }
}
