/** The deletion of accounts: what is asked of the services that keep what an account owned. */
@NullMarked
package dev.caravan.user.deletion;

import org.jspecify.annotations.NullMarked;
