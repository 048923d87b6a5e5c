/** CloudFront's signed URLs, verified; nothing here knows of routes or servlets. */
@NullMarked
package dev.caravan.cdnedge.signature;

import org.jspecify.annotations.NullMarked;
