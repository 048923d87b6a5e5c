/** The law that every route keeps: what a route is, what a violation is, and the check of them all. */
@NullMarked
package dev.caravan.routelaw;

import org.jspecify.annotations.NullMarked;
