@NullMarked
package dev.caravan.upload.announce;

import org.jspecify.annotations.NullMarked;
