/** Tokens that are refused before they expire, in Redis. */
@NullMarked
package dev.caravan.authentication.blacklist;

import org.jspecify.annotations.NullMarked;
