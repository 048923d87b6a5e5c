@NullMarked
package dev.caravan.routelaw.docs;

import org.jspecify.annotations.NullMarked;
