@NullMarked
package dev.caravan.routetests;

import org.jspecify.annotations.NullMarked;
