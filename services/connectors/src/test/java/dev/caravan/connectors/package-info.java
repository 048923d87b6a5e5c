@NullMarked
package dev.caravan.connectors;

import org.jspecify.annotations.NullMarked;
