/** What a user may store, and how much of it he does. */
@NullMarked
package dev.caravan.upload.quota;

import org.jspecify.annotations.NullMarked;
