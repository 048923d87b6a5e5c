/** The steps that routes call, one class each; they compute, the routes decide. */
@NullMarked
package dev.caravan.encode.step;

import org.jspecify.annotations.NullMarked;
