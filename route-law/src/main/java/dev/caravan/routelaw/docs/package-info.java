/** docs/routes.md, made from the routes. */
@NullMarked
package dev.caravan.routelaw.docs;

import org.jspecify.annotations.NullMarked;
