/** Passwords: hashing, verifying, and renewing hashes of an older make. */
@NullMarked
package dev.caravan.user.password;

import org.jspecify.annotations.NullMarked;
