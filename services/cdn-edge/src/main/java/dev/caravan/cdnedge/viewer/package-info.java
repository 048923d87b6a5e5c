/** The viewer's side: requests read, refused or answered, over HTTP. */
@NullMarked
package dev.caravan.cdnedge.viewer;

import org.jspecify.annotations.NullMarked;
