/** Who may call a service, and how one shows that it is one. */
@NullMarked
package dev.caravan.kernel.access;

import org.jspecify.annotations.NullMarked;
