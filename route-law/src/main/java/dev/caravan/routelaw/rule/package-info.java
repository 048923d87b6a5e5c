/** The rules, a class each. */
@NullMarked
package dev.caravan.routelaw.rule;

import org.jspecify.annotations.NullMarked;
