/** What the rest of the platform is told. */
@NullMarked
package dev.caravan.upload.announce;

import org.jspecify.annotations.NullMarked;
