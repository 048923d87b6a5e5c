/** Revocations in Redis: the quick copy of those in the database, and the marker that says that it is complete. */
@NullMarked
package dev.caravan.authentication.blacklist;

import org.jspecify.annotations.NullMarked;
