/** CloudFront's place on one machine: the service and what it is configured with. */
@NullMarked
package dev.caravan.cdnedge;

import org.jspecify.annotations.NullMarked;
