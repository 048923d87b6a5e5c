/**
 * What an encoding made, as a player sees it: manifests, tracks, segments and what has to be true of them. Nothing here
 * starts a process.
 */
@NullMarked
package dev.caravan.encode.presentation;

import org.jspecify.annotations.NullMarked;
