/** Files that sources show, noted once each. */
@NullMarked
package dev.caravan.upload.sources;

import org.jspecify.annotations.NullMarked;
