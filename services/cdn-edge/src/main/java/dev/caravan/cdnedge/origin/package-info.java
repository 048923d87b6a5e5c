/** The origins' side: requests to the object store, and what is answered from it and from the manifest origin. */
@NullMarked
package dev.caravan.cdnedge.origin;

import org.jspecify.annotations.NullMarked;
