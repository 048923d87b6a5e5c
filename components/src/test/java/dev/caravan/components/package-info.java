@NullMarked
package dev.caravan.components;

import org.jspecify.annotations.NullMarked;
