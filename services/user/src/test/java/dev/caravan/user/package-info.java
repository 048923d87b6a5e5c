/** Tests of the user service as a whole and of its routes. */
@NullMarked
package dev.caravan.user;

import org.jspecify.annotations.NullMarked;
