/** Videos as other sites show and find them: pages, cards, lists. */
@NullMarked
package dev.caravan.apigateway.share;

import org.jspecify.annotations.NullMarked;
