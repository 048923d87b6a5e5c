@NullMarked
package dev.caravan.upload.direct;

import org.jspecify.annotations.NullMarked;
