/** Tests of the first administrator. */
@NullMarked
package dev.caravan.user.admin;

import org.jspecify.annotations.NullMarked;
