/** Answers: rows of the database as messages of the contract. */
@NullMarked
package dev.caravan.user.answer;

import org.jspecify.annotations.NullMarked;
