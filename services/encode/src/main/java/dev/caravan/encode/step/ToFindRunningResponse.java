package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.RunningJobs;
import dev.caravan.proto.encode.FindRunningResponse;
import dev.caravan.proto.encode.FindRunningResponseData;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Lists the running jobs. */
@Component
public class ToFindRunningResponse implements Processor {

    private final RunningJobs jobs;

    ToFindRunningResponse(RunningJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void process(Exchange exchange) {
        FindRunningResponseData.Builder data = FindRunningResponseData.newBuilder();
        for (Job job : jobs.all()) {
            data.addJobsBuilder()
                    .setVideoId(job.video().videoId())
                    .setProgress(job.progress())
                    .setStartedAt(job.startedAt().toString());
        }
        exchange.getMessage()
                .setBody(FindRunningResponse.newBuilder()
                        .setMessage("Success")
                        .setData(data)
                        .build());
    }
}
