/** Uploads through the platform: a request's body as a stream into the object store. */
@NullMarked
package dev.caravan.upload.direct;

import org.jspecify.annotations.NullMarked;
