package dev.caravan.videocatalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A statement of the routes, for JDBC alone.
 *
 * @param sql with question marks for its parameters
 * @param parameters their names in that order; what the routes take from elsewhere is named as it stands there
 */
record RouteStatement(String sql, List<String> parameters) {

    private static final Path ROUTES = Path.of("..", "routes");
    private static final Pattern PARAMETER = Pattern.compile(":\\?(?:(\\w+)|\\$\\{([^}]+)})");

    static RouteStatement of(String service, String name) throws IOException {
        String sql = Files.readString(ROUTES.resolve(service).resolve("sql").resolve(name + ".sql"));
        return new RouteStatement(
                PARAMETER.matcher(sql).replaceAll("?"),
                PARAMETER.matcher(sql).results().map(RouteStatement::name).toList());
    }

    private static String name(MatchResult parameter) {
        return Objects.requireNonNullElse(parameter.group(1), parameter.group(2));
    }

    /** Reads all columns of all rows, and says how many rows there are. */
    int read(Connection connection, Map<String, Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < parameters.size(); index++) {
                statement.setObject(index + 1, values.get(parameters.get(index)));
            }
            int read = 0;
            try (ResultSet rows = statement.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    read++;
                    for (int column = 1; column <= columns; column++) {
                        rows.getObject(column);
                    }
                }
            }
            return read;
        }
    }
}
