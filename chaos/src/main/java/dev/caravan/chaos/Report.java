package dev.caravan.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What broke, and what it cost. */
final class Report {

    private final String servers;
    private final long seed;
    private final Map<String, Integer> faults = new LinkedHashMap<>();
    private final Map<String, Integer> tally = new LinkedHashMap<>();
    private final Map<String, List<String>> findings = new TreeMap<>();

    Report(String servers, long seed) {
        this.servers = servers;
        this.seed = seed;
    }

    void broke(String fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    void count(String what, int number) {
        tally.put(what, number);
    }

    /** Each finding of a kind that there must be none of. */
    void findings(String kind, List<String> found) {
        findings.put(kind, List.copyOf(found));
    }

    boolean isClean() {
        return findings.values().stream().allMatch(List::isEmpty);
    }

    String text() {
        StringBuilder text = new StringBuilder("Chaos, seed " + seed + ", on " + servers + "\n\n");
        row(text, "what broke", "times");
        faults.forEach((fault, times) -> row(text, fault, String.valueOf(times)));
        row(
                text,
                "all",
                String.valueOf(faults.values().stream().mapToInt(i -> i).sum()));
        text.append('\n');
        row(text, "what was asked", "number");
        tally.forEach((what, number) -> row(text, what, String.valueOf(number)));
        text.append('\n');
        row(text, "what must not be", "number");
        findings.forEach((kind, found) -> row(text, kind, String.valueOf(found.size())));
        findings.forEach((kind, found) -> found.forEach(finding ->
                text.append("  ").append(kind).append(": ").append(finding).append('\n')));
        return text.toString();
    }

    private static void row(StringBuilder text, String left, String right) {
        text.append(String.format("  %-52s %8s%n", left, right));
    }
}
