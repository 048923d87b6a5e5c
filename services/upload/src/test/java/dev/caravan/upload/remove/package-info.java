@NullMarked
package dev.caravan.upload.remove;

import org.jspecify.annotations.NullMarked;
