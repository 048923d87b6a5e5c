/** CloudFront signatures. */
@NullMarked
package dev.caravan.videocatalog.signature;

import org.jspecify.annotations.NullMarked;
