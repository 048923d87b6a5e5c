package dev.caravan.kernel.sql;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.sql.SqlComponent;

/**
 * Camel's {@code sql}, which lets the database keep the plans of statements.
 *
 * <p>Before each run Camel asks how many parameters a statement has, and the driver of PostgreSQL forgets for it what it had prepared:
 * each run is parsed twice and planned anew, which takes longer than most statements do. It does not ask where a number is
 * told; {@link NamedParameters} does without it.
 */
final class PreparedSqlComponent extends SqlComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (!parameters.containsKey("prepareStatementStrategy")) {
            parameters.put("prepareStatementStrategy", new NamedParameters());
            parameters.put("parametersCount", 1);
        }
        return super.createEndpoint(uri, remaining, parameters);
    }
}
