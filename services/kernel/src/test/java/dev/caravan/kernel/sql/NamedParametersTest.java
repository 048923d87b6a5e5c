package dev.caravan.kernel.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.sql.SqlConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the parameters of a statement get to a database, which forgets what it has prepared when it is asked to count them. */
class NamedParametersTest {

    private final PreparedStatement statement = mock();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        Connection connection = mock();
        when(connection.prepareStatement(any())).thenReturn(statement);
        DataSource database = mock();
        when(database.getConnection()).thenReturn(connection);
        ParameterMetaData two = mock();
        when(two.getParameterCount()).thenReturn(2);
        when(statement.getParameterMetaData()).thenReturn(two);
        PreparedSqlComponent component = new PreparedSqlComponent();
        component.setDataSource(database);
        context.addComponent("sql", component);
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @Test
    void namedOnesAreSetInTheirOrderAndNotCounted() throws Exception {
        run("UPDATE videos SET title = :?title WHERE id = :?${header.id} OR title = :?title", Map.of("title", "a"));

        verify(statement).setString(1, "a");
        verify(statement).setObject(2, 7);
        verify(statement).setString(3, "a");
        verify(statement, never()).getParameterMetaData();
    }

    @Test
    void ofAListEachValueIsOne() throws Exception {
        run("DELETE FROM videos WHERE id IN (:?in:ids) AND owner = :?owner", Map.of("ids", List.of(3, 4), "owner", 5));

        verify(statement).setObject(1, 3);
        verify(statement).setObject(2, 4);
        verify(statement).setObject(3, 5);
    }

    @Test
    void aStatementWithoutAnyGetsNothingOfTheBody() throws Exception {
        run("DELETE FROM videos", List.of(1, 2));

        verify(statement, never()).setObject(anyInt(), any());
        verify(statement, never()).getParameterMetaData();
    }

    @Test
    void thoseByPositionAreTakenFromTheBody() throws Exception {
        run("UPDATE videos SET title = # WHERE id = #", List.of("a", 7));

        verify(statement).setString(1, "a");
        verify(statement).setObject(2, 7);
    }

    @Test
    void thoseByPositionThatAreTooFewAreRefused() {
        assertThatThrownBy(() -> run("UPDATE videos SET title = # WHERE id = #", List.of("a")))
                .isInstanceOf(CamelExecutionException.class)
                .hasStackTraceContaining("Number of parameters mismatch. Expected: 2, was: 1");
    }

    @Test
    void oneThatNobodyGaveIsNamed() {
        assertThatThrownBy(() -> run("DELETE FROM videos WHERE owner = :?owner", Map.of()))
                .hasStackTraceContaining("Cannot find key [owner]");
    }

    private void run(String sql, Object body) {
        template.sendBodyAndHeaders("sql:of-a-header", body, Map.of(SqlConstants.SQL_QUERY, sql, "id", 7));
    }
}
