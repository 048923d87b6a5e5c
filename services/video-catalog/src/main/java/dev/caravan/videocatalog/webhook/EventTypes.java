package dev.caravan.videocatalog.webhook;

import java.util.List;

/** Of the events that webhooks are told; docs/webhooks.md says when each comes. */
final class EventTypes {

    static final List<String> ALL = List.of(
            "video.uploaded",
            "video.encoding",
            "video.playable",
            "video.ready",
            "video.failed",
            "video.updated",
            "video.deleted",
            "webhook.disabled",
            "dead_letter.kept");

    private EventTypes() {}
}
