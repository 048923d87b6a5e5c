package dev.caravan.routelaw;

import dev.caravan.routelaw.rule.AddressesAreFixed;
import dev.caravan.routelaw.rule.BeansExist;
import dev.caravan.routelaw.rule.ContractsAreServed;
import dev.caravan.routelaw.rule.EndpointsAreKnown;
import dev.caravan.routelaw.rule.FaultsAreStated;
import dev.caravan.routelaw.rule.InputIsFiltered;
import dev.caravan.routelaw.rule.LanguagesArePlain;
import dev.caravan.routelaw.rule.LogsAreDiscreet;
import dev.caravan.routelaw.rule.NothingIsLiteral;
import dev.caravan.routelaw.rule.OneRouteAFile;
import dev.caravan.routelaw.rule.PropertiesAreDefined;
import dev.caravan.routelaw.rule.ResourcesExist;
import dev.caravan.routelaw.rule.RoomsAreListed;
import dev.caravan.routelaw.rule.RoutesAreDescribed;
import dev.caravan.routelaw.rule.RoutesAreSmall;
import dev.caravan.routelaw.rule.RoutesAreTested;
import dev.caravan.routelaw.rule.SchemaIsKept;
import dev.caravan.routelaw.rule.StepsAreNamed;
import dev.caravan.routelaw.rule.TargetsExist;
import java.nio.file.Path;
import java.util.List;

/** All rules together. */
public final class RouteLaw {

    private static final List<Rule> RULES = List.of(
            new SchemaIsKept(),
            new EndpointsAreKnown(),
            new OneRouteAFile(),
            new RoomsAreListed(),
            new RoutesAreDescribed(),
            new RoutesAreSmall(),
            new StepsAreNamed(),
            new NothingIsLiteral(),
            new LanguagesArePlain(),
            new LogsAreDiscreet(),
            new FaultsAreStated(),
            new InputIsFiltered(),
            new AddressesAreFixed(),
            new TargetsExist(),
            new ContractsAreServed(),
            new RoutesAreTested(),
            new BeansExist(),
            new ResourcesExist(),
            new PropertiesAreDefined());

    private RouteLaw() {}

    /** Checks the project whose root this is; an empty list means that the law is kept. */
    public static List<Violation> check(Path root) {
        Project project = new Project(root);
        Findings findings = new Findings();
        project.unreadable().forEach(v -> findings.add(v.file(), v.line(), v.what(), v.mend()));
        RULES.forEach(rule -> rule.check(project, findings));
        return findings.all();
    }
}
