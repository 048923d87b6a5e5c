/** Tokens and sessions: registration, login, verification, refresh, logout. */
@NullMarked
package dev.caravan.authentication;

import org.jspecify.annotations.NullMarked;
