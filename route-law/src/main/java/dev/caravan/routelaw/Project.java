package dev.caravan.routelaw;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checkout as the law sees it: routes, configuration, contracts and sources, read once. */
public final class Project {

    /** The folder of routes that belongs to no service. */
    public static final String SHARED = "shared";

    private static final String CONTRACT = "openapi.yaml";
    private static final YamlNode NOTHING = new YamlNode(1, Map.of(), List.of(), null);
    private static final String SERVICE = "{{spring.application.name}}";
    private static final Pattern SHARED_ROOM = Pattern.compile("/shared/([\\w-]+)/");
    private static final Pattern RPC = Pattern.compile("\\brpc\\s+(\\w+)\\s*\\(");

    private static final Pattern ROOM =
            Pattern.compile("^- \\[([\\w-]+)]\\((?:\\.\\./shared/)?\\1/\\): (.*(?:\\R {2}\\S.*)*)", Pattern.MULTILINE);

    private final Path root;
    private final List<RouteFile> routeFiles = new ArrayList<>();
    private final Map<String, Map<String, Path>> sharedRooms = new TreeMap<>();
    private final Set<String> services = new TreeSet<>();
    private final List<Violation> unreadable = new ArrayList<>();
    private final Map<String, Settings> settings = new TreeMap<>();
    private final Map<String, Sources> main = new TreeMap<>();
    private final Map<String, Sources> tests = new TreeMap<>();

    /** Reads the project whose root this is. */
    public Project(Path root) {
        this.root = root;
        Path routes = root.resolve("routes");
        for (Path file : Sources.files(routes, ".yaml")) {
            Path inside = routes.relativize(file);
            String name = file.getFileName().toString();
            if (inside.getNameCount() > 1 && !name.equals(CONTRACT)) {
                read(file, inside, name.substring(0, name.length() - ".yaml".length()));
            }
        }
        sharedRooms.forEach(this::share);
    }

    private void read(Path file, Path inside, String stem) {
        String folder = inside.getName(0).toString();
        Path below = inside.subpath(0, inside.getNameCount() - 1);
        String room = below.getNameCount() == 1
                ? ""
                : below.subpath(1, below.getNameCount()).toString().replace('\\', '/');
        if (!folder.equals(SHARED)) {
            services.add(folder);
        } else if (!room.isEmpty()) {
            sharedRooms.computeIfAbsent(room, key -> new TreeMap<>()).put(stem, file);
            return;
        }
        parse(file, folder, room, stem, "");
    }

    /** A file of a shared room is one of each service that starts with it, and runs there under that service's name. */
    private void share(String room, Map<String, Path> files) {
        List<String> takers = services.stream()
                .filter(service -> sharedRooms(service).contains(room))
                .toList();
        files.forEach((stem, file) -> {
            takers.forEach(service -> parse(file, service, room, stem, service));
            if (takers.isEmpty()) {
                parse(file, SHARED, room, stem, "");
            }
        });
    }

    private void parse(Path file, String folder, String room, String stem, String service) {
        String path = relative(file);
        String text = Sources.read(file);
        if (!service.isEmpty()) {
            text = text.replace(SERVICE, service);
        }
        try {
            routeFiles.add(new RouteFile(path, folder, room, stem, YamlReader.read(text)));
        } catch (YamlReader.Malformed e) {
            unreadable.add(new Violation(
                    path, e.line(), "this is no YAML: " + e.getMessage(), "correct the line or the one before it."));
        }
    }

    /** A file's path from the root, with slashes. */
    public String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /** Every YAML file of routes that could be read, in the order of their paths. */
    public List<RouteFile> routeFiles() {
        return List.copyOf(routeFiles);
    }

    /** The files of a folder and, for a service, those of {@code shared} too: what one Camel context holds. */
    public List<RouteFile> context(String folder) {
        return routeFiles.stream()
                .filter(file -> file.folder().equals(folder) || file.isShared())
                .toList();
    }

    /** Every flow of one folder. */
    public List<Flow> flows(String folder) {
        return routeFiles.stream()
                .filter(file -> file.folder().equals(folder))
                .flatMap(file -> file.flows().stream())
                .toList();
    }

    /** The services that have routes, in alphabetical order. */
    public Set<String> services() {
        return services;
    }

    /** Route files that are no YAML. */
    public List<Violation> unreadable() {
        return unreadable;
    }

    /** What a service's configuration defines; for {@code shared}, what all have in common. */
    public Settings settings(String folder) {
        return settings.computeIfAbsent(folder, service -> {
            Settings common = new Settings().add("spring.application.name", service);
            for (String name : List.of("caravan", service)) {
                Path file = root.resolve("config").resolve(name + ".yaml");
                if (Files.isRegularFile(file)) {
                    try {
                        common.add(YamlReader.read(Sources.read(file)));
                    } catch (YamlReader.Malformed e) {
                        throw new IllegalStateException(
                                relative(file) + ":" + e.line() + ": this is no YAML: " + e.getMessage(), e);
                    }
                }
            }
            return common;
        });
    }

    /** Main sources of a service and of what all services share. */
    public Sources main(String folder) {
        return main.computeIfAbsent(
                folder,
                service -> Sources.below(
                        root.resolve("services/" + service + "/src/main/java"),
                        root.resolve("services/kernel/src/main/java")));
    }

    /** Test sources of a service and the end-to-end tests. */
    public Sources tests(String folder) {
        return tests.computeIfAbsent(
                folder,
                service -> Sources.below(
                        root.resolve("services/" + service + "/src/test/java"), root.resolve("e2e/src/test/java")));
    }

    /** The RPCs of a service's contract in kebab-case, in the contract's order; none without a contract. */
    public List<String> rpcs(String service) {
        Path contract = root.resolve(contract(service));
        List<String> rpcs = new ArrayList<>();
        if (Files.isRegularFile(contract)) {
            Matcher matcher = RPC.matcher(Sources.read(contract).replaceAll("//.*", ""));
            while (matcher.find()) {
                rpcs.add(matcher.group(1)
                        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                        .toLowerCase(Locale.ROOT));
            }
        }
        return rpcs;
    }

    /** Where a service's gRPC contract is, from the root. */
    public String contract(String service) {
        return "proto/src/main/proto/" + service + ".proto";
    }

    /** The operations of a service's REST contract in the order of their ids; none without a contract. */
    public List<Operation> operations(String service) {
        List<Operation> operations = new ArrayList<>();
        Path contract = root.resolve(restContract(service));
        if (Files.isRegularFile(contract)) {
            try {
                YamlNode document = YamlReader.read(Sources.read(contract));
                document.fields()
                        .getOrDefault("paths", NOTHING)
                        .fields()
                        .values()
                        .forEach(path -> path.fields()
                                .forEach((method, node) -> addOperation(document, path, node, operations)));
            } catch (YamlReader.Malformed e) {
                throw new IllegalStateException(
                        restContract(service) + ":" + e.line() + ": this is no YAML: " + e.getMessage(), e);
            }
        }
        operations.sort(Comparator.comparing(Operation::id));
        return operations;
    }

    private static void addOperation(YamlNode document, YamlNode path, YamlNode node, List<Operation> operations) {
        String id = node.text("operationId");
        if (id != null) {
            List<String> parameters = new ArrayList<>();
            for (YamlNode list : List.of(
                    path.fields().getOrDefault("parameters", NOTHING),
                    node.fields().getOrDefault("parameters", NOTHING))) {
                list.items().forEach(parameter -> parameters.add(parameterName(document, parameter)));
            }
            operations.add(new Operation(id, node.lineOf("operationId"), parameters));
        }
    }

    private static String parameterName(YamlNode document, YamlNode parameter) {
        String reference = parameter.text("$ref");
        YamlNode named = parameter;
        if (reference != null) {
            named = document;
            for (String key : reference.substring(reference.indexOf('/') + 1).split("/", -1)) {
                named = named.fields().getOrDefault(key, NOTHING);
            }
        }
        return String.valueOf(named.text("name"));
    }

    /**
     * What a service's README says of each of its rooms, in the order in which it names them; a room is a folder within the
     * service's, and a line like {@code - [receive](receive/): takes messages} names one;
     * {@code ../shared/outbox/} is one of the shared rooms.
     */
    public Map<String, String> rooms(String service) {
        Map<String, String> rooms = new LinkedHashMap<>();
        Path readme = root.resolve(readme(service));
        if (Files.isRegularFile(readme)) {
            Matcher matcher = ROOM.matcher(Sources.read(readme));
            while (matcher.find()) {
                rooms.put(matcher.group(1), matcher.group(2).strip().replaceAll("\\s+", " "));
            }
        }
        return rooms;
    }

    /** The rooms of {@code shared} whose files a service starts with, by {@code camel.main.routes-include-pattern}. */
    public Set<String> sharedRooms(String service) {
        Set<String> rooms = new TreeSet<>();
        Matcher matcher = SHARED_ROOM.matcher(settings(service).resolve("{{camel.main.routes-include-pattern}}"));
        while (matcher.find()) {
            rooms.add(matcher.group(1));
        }
        return rooms;
    }

    /** Where a service's README is, from the root. */
    public String readme(String service) {
        return "routes/" + service + "/README.md";
    }

    /** Where a service's REST contract is, from the root. */
    public String restContract(String service) {
        return "routes/" + service + "/" + CONTRACT;
    }

    /** Files beside the routes of a folder that end so, from the root. */
    public List<String> resources(String folder, String suffix) {
        return Sources.files(root.resolve("routes").resolve(folder), suffix).stream()
                .map(this::relative)
                .toList();
    }

    public boolean exists(String relative) {
        return Files.isRegularFile(root.resolve(relative));
    }
}
