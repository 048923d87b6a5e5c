/** Takes videos from where others keep them. */
@NullMarked
package dev.caravan.connectors;

import org.jspecify.annotations.NullMarked;
