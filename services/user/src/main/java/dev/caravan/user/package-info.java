/** The user service: accounts, credentials, profiles and settings, in PostgreSQL. */
@NullMarked
package dev.caravan.user;

import org.jspecify.annotations.NullMarked;
