/** Uploads that go on where they were cut off, by tus 1.0. */
@NullMarked
package dev.caravan.upload.resumable;

import org.jspecify.annotations.NullMarked;
