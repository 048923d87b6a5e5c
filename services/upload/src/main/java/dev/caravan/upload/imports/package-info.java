/** Videos that are fetched from where their owners say. */
@NullMarked
package dev.caravan.upload.imports;

import org.jspecify.annotations.NullMarked;
