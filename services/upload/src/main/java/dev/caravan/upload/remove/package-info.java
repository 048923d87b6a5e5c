/** Videos that were deleted: what is left of them here goes too. */
@NullMarked
package dev.caravan.upload.remove;

import org.jspecify.annotations.NullMarked;
