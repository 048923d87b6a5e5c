package dev.caravan.standalone;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** All services' log in one file, and the same lines as JSON beside it; the terminal shows what became of edited routes, and errors. */
final class LogFile {

    private LogFile() {}

    static void open(Path file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.putProperty("log.file", file.toString());
        // Of which the lines of JSON are made.
        context.putObject(Environment.class.getName(), new StandardEnvironment());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            configurator.doConfigure(LogFile.class.getResource("/caravan-logback.xml"));
        } catch (JoranException e) {
            throw new UsageException("The log file " + file + " can't be written: " + e.getMessage());
        }
    }
}
