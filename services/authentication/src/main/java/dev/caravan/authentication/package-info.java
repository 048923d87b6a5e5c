/** Tokens: registration, login, verification, logout. */
@NullMarked
package dev.caravan.authentication;

import org.jspecify.annotations.NullMarked;
