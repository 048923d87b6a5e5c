package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import java.util.List;
import java.util.Set;

/**
 * The README beside a service's routes names their rooms, in the order of the story, and every route is in one of them. A
 * service whose README names none has its routes in one folder.
 */
public final class RoomsAreListed implements Rule {

    @Override
    public void check(Project project, Findings findings) {
        for (String service : project.services()) {
            Set<String> rooms = project.rooms(service).keySet();
            List<RouteFile> files = project.routeFiles().stream()
                    .filter(file -> file.folder().equals(service))
                    .toList();
            for (RouteFile file : files) {
                if (!rooms.contains(file.room())
                        && !(rooms.isEmpty() && file.room().isEmpty())
                        && !file.isOfUsers()) {
                    findings.add(
                            file.path(),
                            1,
                            file.room().isEmpty()
                                    ? "the file stands in no room"
                                    : project.readme(service) + " does not name the room '" + file.room() + "'",
                            rooms.isEmpty()
                                    ? "name the rooms there, as '- [room](room/): what happens in it.'"
                                    : "move it to one of " + String.join(", ", rooms) + ", or name another there.");
                }
            }
            for (String room : rooms) {
                if (files.stream().noneMatch(file -> file.room().equals(room))) {
                    findings.add(
                            project.readme(service), 1, "there is no room '" + room + "'", "take it out of the list.");
                }
            }
        }
    }
}
