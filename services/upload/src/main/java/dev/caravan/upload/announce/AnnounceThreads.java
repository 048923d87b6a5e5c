package dev.caravan.upload.announce;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Threads that announce what has just been accepted. */
@Configuration(proxyBeanMethods = false)
class AnnounceThreads {

    private static final int THREADS = 4;
    private static final int WAITING = 100;

    /**
     * What there is no room for, since the broker hangs or the service stops, is dropped: it is in the outbox. So whoever
     * accepts neither waits for the broker nor fails by it.
     */
    @Bean(destroyMethod = "shutdown")
    ThreadPoolExecutor announcers() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(WAITING),
                task -> new Thread(task, "announce"),
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
