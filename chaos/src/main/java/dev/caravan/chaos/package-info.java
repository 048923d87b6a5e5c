/** Breaks a platform under load and counts what was lost. */
@NullMarked
package dev.caravan.chaos;

import org.jspecify.annotations.NullMarked;
