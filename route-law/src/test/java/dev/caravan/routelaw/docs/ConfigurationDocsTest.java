package dev.caravan.routelaw.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.routelaw.Fixtures;
import dev.caravan.routelaw.docs.ConfigurationDocs.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ConfigurationDocsTest {

    private static final Path DOCS = Path.of("docs", "configuration.md");

    /** With {@code -Dcaravan.configuration.write=true} it writes the page: that is what {@code ./caravan configuration} runs. */
    @Test
    void areWhatTheFilesOfThisCheckoutSay() throws IOException {
        Path page = Fixtures.root().resolve(DOCS);
        String made = ConfigurationDocs.page(Fixtures.root());
        if (Boolean.getBoolean("caravan.configuration.write")) {
            Files.writeString(page, made);
        }

        assertThat(Files.exists(page) ? Files.readString(page) : "")
                .withFailMessage(
                        "docs/configuration.md is not what config/ says. To mend: run ./caravan configuration.")
                .isEqualTo(made);
    }

    @Test
    void nameAVariableThatReallySetsTheProperty() {
        List<Setting> settings = new ArrayList<>(ConfigurationDocs.settings(Fixtures.root(), "caravan"));
        ConfigurationDocs.services(Fixtures.root())
                .forEach(service -> settings.addAll(ConfigurationDocs.settings(Fixtures.root(), service)));

        assertThat(settings)
                .hasSizeGreaterThan(100)
                .filteredOn(setting ->
                        setting.variable() != null && !setting.variable().equals(ConfigurationDocs.JSON))
                .allSatisfy(
                        setting -> assertThat(bound(setting)).as(setting.name()).isEqualTo("set"));
    }

    @Test
    void tellCommentsDefaultsAndListsAsTheyStand(@TempDir Path project) throws IOException {
        Files.createDirectories(project.resolve("config"));
        Files.writeString(project.resolve("config/caravan.yaml"), "");
        Files.writeString(project.resolve("config/shop.yaml"), """
                # About the file.

                shop:
                  # How many,
                  # at most: a|b.
                  max-items: 3
                  paths: [a, b]
                  labels: {}
                  # Of each size.
                  sizes:
                    - name: small
                  # Of the driver.
                  driver:
                    socketTimeout: 10
                """);

        assertThat(ConfigurationDocs.page(project)).endsWith("""
                ## shop

                | Property | Variable | Default | Meaning |
                | --- | --- | --- | --- |
                | `shop.max-items` | `SHOP_MAX_ITEMS` | `3` | How many, at most: a\\|b. |
                | `shop.paths` | `SHOP_PATHS` | `a,b` |  |
                | `shop.labels` | `SPRING_APPLICATION_JSON` |  |  |
                | `shop.sizes[]` |  |  | Of each size. |
                | `shop.sizes[0].name` | `SHOP_SIZES_0_NAME` | `small` |  |
                | `shop.driver.*` |  |  | Of the driver. |
                | `shop.driver.socketTimeout` | `SPRING_APPLICATION_JSON` | `10` |  |
                """);
    }

    private static String bound(Setting setting) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of(String.valueOf(setting.variable()), "set")));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bind(setting.name(), String.class).orElse("nothing");
    }
}
