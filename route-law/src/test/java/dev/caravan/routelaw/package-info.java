@NullMarked
package dev.caravan.routelaw;

import org.jspecify.annotations.NullMarked;
