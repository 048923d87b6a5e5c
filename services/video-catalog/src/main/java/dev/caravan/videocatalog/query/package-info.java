/** What callers ask for. */
@NullMarked
package dev.caravan.videocatalog.query;

import org.jspecify.annotations.NullMarked;
