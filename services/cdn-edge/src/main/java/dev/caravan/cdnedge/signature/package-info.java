/** CloudFront's signed URLs and cookies, verified; nothing here knows of routes or servlets. */
@NullMarked
package dev.caravan.cdnedge.signature;

import org.jspecify.annotations.NullMarked;
