/** Tests of tokens and their key. */
@NullMarked
package dev.caravan.authentication.token;

import org.jspecify.annotations.NullMarked;
