/** Servers of users that are told what happens, what they are sent, and what they answer. */
@NullMarked
package dev.caravan.videocatalog.webhook;

import org.jspecify.annotations.NullMarked;
