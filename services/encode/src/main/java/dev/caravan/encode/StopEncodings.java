package dev.caravan.encode;

import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.job.RunningJobs;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.EventNotifierSupport;
import org.springframework.stereotype.Component;

/**
 * Ends what runs as soon as the service begins to stop, before Camel waits for its routes to finish. What was being
 * encoded is handed back.
 */
@Component
class StopEncodings extends EventNotifierSupport implements CamelContextConfiguration {

    private final Programs programs;
    private final RunningJobs jobs;

    StopEncodings(Programs programs, RunningJobs jobs) {
        this.programs = programs;
        this.jobs = jobs;
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        camel.getManagementStrategy().addEventNotifier(this);
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // Nothing is left to do.
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelContextStoppingEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        programs.close();
        jobs.stop();
    }
}
