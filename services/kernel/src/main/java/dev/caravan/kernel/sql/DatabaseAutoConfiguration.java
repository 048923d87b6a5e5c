package dev.caravan.kernel.sql;

import org.apache.camel.component.sql.SqlComponent;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** What services that have a database get. */
@AutoConfiguration(before = FlywayAutoConfiguration.class)
@ConditionalOnClass({Flyway.class, JdbcTemplate.class, SqlComponent.class})
public class DatabaseAutoConfiguration {

    @Bean
    MigrateDatabase migrateDatabase() {
        return new MigrateDatabase();
    }

    @Bean
    LogPollFailure logPollFailure() {
        return new LogPollFailure();
    }

    @Bean("sql-component")
    SqlComponent sqlComponent() {
        return new PreparedSqlComponent();
    }
}
