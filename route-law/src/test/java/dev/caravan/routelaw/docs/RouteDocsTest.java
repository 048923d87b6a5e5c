package dev.caravan.routelaw.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.routelaw.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteDocsTest {

    private static final Path DOCS = Path.of("docs", "routes.md");

    /** With {@code -Dcaravan.routes.write=true} it writes the page: that is what {@code ./caravan routes} runs. */
    @Test
    void areWhatTheRoutesOfThisCheckoutSay() throws IOException {
        Path page = Fixtures.root().resolve(DOCS);
        String made = RouteDocs.page(Fixtures.root());
        if (Boolean.getBoolean("caravan.routes.write")) {
            Files.writeString(page, made);
        }

        assertThat(Files.exists(page) ? Files.readString(page) : "")
                .withFailMessage("docs/routes.md is not what the routes say. To mend: run ./caravan routes.")
                .isEqualTo(made);
    }

    @Test
    void showRoutesWithWhatTheyReachAndNoMore(@TempDir Path project) throws IOException {
        Fixtures.copyKept(project);

        assertThat(RouteDocs.page(project)).isEqualTo(Fixtures.read("kept-routes.md"));
    }
}
