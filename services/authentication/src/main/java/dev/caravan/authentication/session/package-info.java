/** Sessions and their refresh tokens: what is granted, and to whom. */
@NullMarked
package dev.caravan.authentication.session;

import org.jspecify.annotations.NullMarked;
