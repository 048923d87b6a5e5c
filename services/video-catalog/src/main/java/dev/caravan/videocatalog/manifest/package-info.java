/** Manifests whose every URL is signed. */
@NullMarked
package dev.caravan.videocatalog.manifest;

import org.jspecify.annotations.NullMarked;
