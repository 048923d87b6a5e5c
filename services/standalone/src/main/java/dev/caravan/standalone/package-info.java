/** All services in one JVM on embedded servers. */
@NullMarked
package dev.caravan.standalone;

import org.jspecify.annotations.NullMarked;
