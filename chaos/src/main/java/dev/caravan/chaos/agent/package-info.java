/** What a platform has on its class path to be killed at a named point; without orders it does nothing. */
@NullMarked
package dev.caravan.chaos.agent;

import org.jspecify.annotations.NullMarked;
