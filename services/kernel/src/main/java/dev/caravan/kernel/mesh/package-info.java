/** What a service shows of its running routes: who calls whom, how often, how long it takes, and what goes wrong. */
@NullMarked
package dev.caravan.kernel.mesh;

import org.jspecify.annotations.NullMarked;
