package dev.caravan.encode.step;

import com.google.protobuf.ByteString;
import dev.caravan.encode.job.WorkFolder;
import dev.caravan.encode.picture.Pictures;
import dev.caravan.encode.picture.UnusablePictureException;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.encode.MakePortraitRequest;
import dev.caravan.proto.encode.MakePortraitResponse;
import dev.caravan.proto.encode.MakePortraitResponseData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes a square picture of the image in the body; two at a time, beside the encoding. */
@Component
public class MakePortrait implements Processor {

    private static final int AT_ONCE = 2;

    private final Pictures pictures;
    private final WorkFolder workFolder;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    MakePortrait(Pictures pictures, WorkFolder workFolder) {
        this.pictures = pictures;
        this.workFolder = workFolder;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        MakePortraitRequest request = exchange.getMessage().getBody(MakePortraitRequest.class);
        if (!turns.tryAcquire()) {
            throw Fault.unavailable("PORTRAITS_BUSY", "Many images are being sent at the moment; try again soon.");
        }
        Path folder = workFolder.job("portrait-" + UUID.randomUUID());
        try {
            byte[] made = make(request.getImage().toByteArray(), folder);
            exchange.getMessage()
                    .setBody(MakePortraitResponse.newBuilder()
                            .setMessage("Success")
                            .setData(MakePortraitResponseData.newBuilder().setImage(ByteString.copyFrom(made)))
                            .build());
        } catch (UnusablePictureException e) {
            throw Fault.invalid("image", "image " + e.getMessage());
        } finally {
            turns.release();
            WorkFolder.remove(folder);
        }
    }

    private byte[] make(byte[] image, Path folder) throws IOException, InterruptedException, UnusablePictureException {
        Path output = folder.resolve("made");
        WorkFolder.empty(folder);
        WorkFolder.empty(output);
        Path source = Files.write(folder.resolve("image"), image);
        return Files.readAllBytes(pictures.portrait(source, folder, output));
    }
}
