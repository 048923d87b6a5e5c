package dev.caravan.kernel.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.util.CompositeIterator;

/**
 * Sets parameters without having been told how many there are: a statement that names them says it itself. Where they have but a
 * position, the database counts them, as Camel has it do for all.
 */
final class NamedParameters extends DefaultSqlPrepareStatementStrategy {

    @Override
    public Iterator<?> createPopulateIterator(
            String query, String preparedQuery, int expectedParams, Exchange exchange, @Nullable Object value)
            throws SQLException {
        if (hasNamedParameters(query)) {
            return super.createPopulateIterator(query, preparedQuery, expectedParams, exchange, value);
        }
        return preparedQuery.indexOf('?') < 0
                ? Collections.emptyIterator()
                : new Positions(query, preparedQuery, exchange, value);
    }

    @Override
    public void populateStatement(PreparedStatement statement, Iterator<?> values, int expectedParams)
            throws SQLException {
        if (values instanceof Positions positions) {
            int expected = statement.getParameterMetaData().getParameterCount();
            super.populateStatement(
                    statement,
                    super.createPopulateIterator(
                            positions.query, positions.preparedQuery, expected, positions.exchange, positions.value),
                    expected);
            return;
        }
        List<@Nullable Object> flat = new ArrayList<>();
        while (values.hasNext()) {
            Object value = values.next();
            if (value instanceof CompositeIterator<?> several) {
                several.forEachRemaining(flat::add);
            } else {
                flat.add(value);
            }
        }
        super.populateStatement(statement, flat.iterator(), flat.size());
    }

    /** The values of a statement that is not known yet to the database, without which nobody knows what they are. */
    private record Positions(
            String query,
            String preparedQuery,
            Exchange exchange,
            @Nullable Object value) implements Iterator<Object> {

        @Override
        public boolean hasNext() {
            throw new IllegalStateException("Values by position are asked for with their number");
        }

        @Override
        public Object next() {
            throw new IllegalStateException("Values by position are asked for with their number");
        }
    }
}
