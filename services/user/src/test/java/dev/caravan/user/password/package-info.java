/** Tests of passwords. */
@NullMarked
package dev.caravan.user.password;

import org.jspecify.annotations.NullMarked;
