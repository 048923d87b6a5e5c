/** The videos that are being encoded: what was asked, where their files are, what is known so far. */
@NullMarked
package dev.caravan.encode.job;

import org.jspecify.annotations.NullMarked;
