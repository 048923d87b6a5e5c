package dev.caravan.videocatalog.query;

import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps of the rows in the body those of the page that the variable {@code page} asks for, and notes in the variable
 * {@link Listed#VARIABLE} what the answer says of the list. A statement gives {@code total} and {@code total_exact} in
 * every row, one row more when more follow, and one without an id when there is none.
 */
@Component
class KeepPage implements Processor {

    private static final List<String> TIMES = List.of("published_at", "failed_at");

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) throws Exception {
        List<Map<String, @Nullable Object>> rows = exchange.getMessage().getMandatoryBody(List.class);
        Page asked = exchange.getVariable(Page.VARIABLE, Page.class);
        Map<String, @Nullable Object> any = rows.get(0);
        List<Map<String, @Nullable Object>> page = rows.stream()
                .filter(row -> row.get("id") != null)
                .limit(asked.size())
                .toList();
        exchange.setVariable(
                Listed.VARIABLE,
                new Listed(
                        asked.after() == null ? asked.number() : null,
                        asked.size(),
                        any.get("total") instanceof Number total ? total.intValue() : null,
                        Boolean.TRUE.equals(any.get("total_exact")),
                        rows.size() > asked.size() ? cursor(page.get(asked.size() - 1)) : ""));
        exchange.getMessage().setBody(page);
    }

    private static String cursor(Map<String, @Nullable Object> last) {
        Timestamp time = (Timestamp) TIMES.stream()
                .map(last::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        long id = ((Number) Objects.requireNonNull(last.get("id"))).longValue();
        return new Cursor((Integer) last.get("tier"), time.toInstant(), id).toString();
    }
}
