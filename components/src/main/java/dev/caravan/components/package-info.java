/** What is added to the connectors service. */
@NullMarked
package dev.caravan.components;

import org.jspecify.annotations.NullMarked;
