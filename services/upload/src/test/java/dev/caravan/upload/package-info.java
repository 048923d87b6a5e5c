@NullMarked
package dev.caravan.upload;

import org.jspecify.annotations.NullMarked;
