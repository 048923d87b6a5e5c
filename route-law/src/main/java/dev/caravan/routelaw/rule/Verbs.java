package dev.caravan.routelaw.rule;

import java.util.Locale;
import java.util.Set;

/** Names that say what is done to what: {@code find-user}, {@code HashPassword}. */
final class Verbs {

    private static final Set<String> KNOWN =
            Set.of(("abort accept acknowledge add advance allow announce answer append apply ask assemble assign"
                            + " attach await begin bind block bound build call cancel cap carry change check choose claim"
                            + " classify clean clear close collect compare complete compose compute confirm consume convert"
                            + " copy count create cut decide declare decode decrypt delete deliver deny describe detect"
                            + " determine discard download draw drop emit encode encrypt end ensure enter enqueue escape"
                            + " estimate evict examine expect expire explain export extend extract fail fetch fill filter"
                            + " find finish fit flag follow forget format forward free generate get give grant guard handle"
                            + " hand hash head hide hold identify import index insert inspect introduce invite issue join"
                            + " judge keep leave limit link list listen load lock log look make map mark match measure"
                            + " merge migrate mint move name note notify observe offer open order pack page parse pass pay"
                            + " peek pick place plan play poll post prefer prepare present preserve probe proceed produce"
                            + " promise prove provide publish pull purge push put query queue quote raise rank rate read"
                            + " receive record redirect reduce refer refresh refuse register reject relay release remember"
                            + " remove rename render renew repair replace reply report request require reserve reset resize"
                            + " resolve respond restore restrict resume retire retry return revoke rewrite route run sanitize"
                            + " save scan schedule search see select send serve set settle share show shorten sign skip"
                            + " sort spool start stat state stop store stream strip submit sum supply survey take tell test"
                            + " throw to touch trace track transcode transfer translate trim unlock unpack unwrap update"
                            + " upload use validate verify wait walk warn watch wrap write")
                    .split(" "));

    private Verbs() {}

    /** True for two words or more in kebab-case of which the first is a verb. */
    static boolean isVerbObject(String kebab) {
        return kebab.matches("[a-z][a-z0-9]*(-[a-z0-9]+)+") && KNOWN.contains(kebab.substring(0, kebab.indexOf('-')));
    }

    /** {@code hashPassword} as {@code hash-password}. */
    static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
