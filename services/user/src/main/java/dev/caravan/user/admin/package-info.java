/** The first administrator, who is named by the configuration. */
@NullMarked
package dev.caravan.user.admin;

import org.jspecify.annotations.NullMarked;
