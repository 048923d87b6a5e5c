/** JSON Web Tokens: their key, what they say, how they are read. */
@NullMarked
package dev.caravan.authentication.token;

import org.jspecify.annotations.NullMarked;
