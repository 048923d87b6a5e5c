/** What is known about a video and what is done to it. Pure: nothing here starts a process or touches a network. */
@NullMarked
package dev.caravan.encode.media;

import org.jspecify.annotations.NullMarked;
