@NullMarked
package dev.caravan.upload.sweep;

import org.jspecify.annotations.NullMarked;
