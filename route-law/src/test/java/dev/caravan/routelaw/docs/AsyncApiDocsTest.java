package dev.caravan.routelaw.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.routelaw.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AsyncApiDocsTest {

    /** With {@code -Dcaravan.asyncapi.write=true} it writes the file: that is what {@code ./caravan asyncapi} runs. */
    @Test
    void areWhatTheRoutesAndTheBrokerOfThisCheckoutSay() throws IOException {
        Path file = Fixtures.root().resolve("docs/asyncapi.json");
        String made = AsyncApiDocs.document(Fixtures.root());
        if (Boolean.getBoolean("caravan.asyncapi.write")) {
            Files.writeString(file, made);
        }

        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .withFailMessage(
                        "docs/asyncapi.json is not what docs/messages, docs/events, config/rabbitmq and the routes say."
                                + " To mend: run ./caravan asyncapi.")
                .isEqualTo(made);
    }

    @Test
    void describeEachMessageThatIsBoundAndSentAndEachQueueThatIsRead() {
        assertThat(AsyncApiDocs.differences(Fixtures.root())).isEmpty();
    }
}
