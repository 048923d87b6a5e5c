/** Requests: who calls, what is wrong with the fields, and the parameters that statements take from them. */
@NullMarked
package dev.caravan.user.request;

import org.jspecify.annotations.NullMarked;
