/** Tests of the authentication service as a whole and of its routes. */
@NullMarked
package dev.caravan.authentication;

import org.jspecify.annotations.NullMarked;
