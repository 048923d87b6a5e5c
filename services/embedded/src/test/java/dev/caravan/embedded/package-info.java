@NullMarked
package dev.caravan.embedded;

import org.jspecify.annotations.NullMarked;
