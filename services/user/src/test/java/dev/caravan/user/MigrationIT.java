package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Accounts of a former version. */
class MigrationIT {

    @Test
    void keepsNamesAndEmailsAsNewOnesAreKept() {
        JdbcTemplate database = new JdbcTemplate(new DriverManagerDataSource(
                Database.newUrl(),
                Database.server().username(),
                Database.server().password()));
        FluentConfiguration flyway =
                Flyway.configure().dataSource(database.getDataSource()).locations("classpath:db/migration/user");
        flyway.target("2").load().migrate();
        for (String name : List.of("A\u0308nne", "Bob\u202e gro.xe\u2066", "\u202e\u200e", "Carl")) {
            database.update(
                    "INSERT INTO users (name, email, email_key, password_hash) VALUES (?, ?, ?, 'x')",
                    name,
                    name,
                    name);
        }

        List<String> emails = List.of("a@x.org", "\u202aa@x.org\u202c", "b\u200e@x.org", "b@x.org\u200e");
        for (String email : emails) {
            database.update(
                    "INSERT INTO users (name, email, email_key, password_hash) VALUES ('Dora', ?, ?, 'x')",
                    email,
                    email);
        }

        flyway.target("latest").load().migrate();

        assertThat(database.queryForList("SELECT name FROM users ORDER BY id", String.class))
                .startsWith("\u00c4nne", "Bob gro.xe", "\u202e\u200e", "Carl");
        assertThat(database.queryForList("SELECT email_key FROM users WHERE name = 'Dora' ORDER BY id", String.class))
                .containsExactly("a@x.org", "\u202aa@x.org\u202c", "b@x.org", "b@x.org\u200e");
    }
}
