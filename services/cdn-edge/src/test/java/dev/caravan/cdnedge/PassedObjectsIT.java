package dev.caravan.cdnedge;

import org.springframework.test.context.TestPropertySource;

/** All that holds of objects that are kept holds without a cache: route cdn-edge-pass-object. */
@TestPropertySource(
        properties = {
            "cdn.cache.size=0",
            // Camel keeps servlets by name for the whole virtual machine.
            "camel.component.servlet.servlet-name=passed",
            "camel.servlet.mapping.servlet-name=passed"
        })
class PassedObjectsIT extends ObjectsIT {}
