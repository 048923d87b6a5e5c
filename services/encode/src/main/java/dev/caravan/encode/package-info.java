/** The encode service: raw videos become MPEG-DASH and HLS. */
@NullMarked
package dev.caravan.encode;

import org.jspecify.annotations.NullMarked;
