package dev.caravan.routelaw.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.routelaw.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PostmanDocsTest {

    private static final Path COLLECTION = Path.of("docs", "postman", "caravan.postman_collection.json");

    /** With {@code -Dcaravan.postman.write=true} it writes the collection: that is what {@code ./caravan postman} runs. */
    @Test
    void areWhatTheContractOfThisCheckoutSays() throws IOException {
        Path collection = Fixtures.root().resolve(COLLECTION);
        String made = PostmanDocs.collection(Fixtures.root());
        if (Boolean.getBoolean("caravan.postman.write")) {
            Files.writeString(collection, made);
        }

        assertThat(Files.exists(collection) ? Files.readString(collection) : "")
                .withFailMessage("docs/postman is not what the contract and docs/postman/story.yaml say. To mend: run"
                        + " ./caravan postman.")
                .isEqualTo(made);
    }

    @Test
    void haveEachOperationOfTheContract() {
        assertThat(PostmanDocs.differences(Fixtures.root())).isEmpty();
    }
}
