package dev.caravan.encode.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program has the rights of this service; nothing holds it but the caps, and what its own arguments forbid.
 *
 * @param description why there is none
 */
record NoJail(String description) implements Jail {

    @Override
    public List<String> enter(Workspace workspace, Map<String, String> environment, List<String> command) {
        // By env, not by the builder of the process: macOS takes library paths away from its own sh and nice.
        List<String> line = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> line.add(name + "=" + value));
        line.addAll(command);
        return line;
    }
}
