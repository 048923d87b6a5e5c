package dev.caravan.upload.quota;

import dev.caravan.proto.upload.FindQuotaResponse;
import dev.caravan.proto.upload.FindQuotaResponseData;
import dev.caravan.proto.upload.QuotaLimits;
import dev.caravan.proto.upload.QuotaUsage;
import dev.caravan.proto.upload.SetQuotaResponse;
import dev.caravan.proto.upload.SetQuotaResponseData;
import dev.caravan.upload.UploadProperties;
import java.util.Map;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/** Answers that show a user's quota, of each RPC that does; from a row of find-usage.sql. */
@Component
public class AnswerQuota {

    private static final String SUCCESS = "Success";

    private final UploadProperties properties;

    AnswerQuota(UploadProperties properties) {
        this.properties = properties;
    }

    public FindQuotaResponse find(@Body Map<String, Object> row) {
        return FindQuotaResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(FindQuotaResponseData.newBuilder().setQuota(quota(row)))
                .build();
    }

    public SetQuotaResponse set(@Body Map<String, Object> row) {
        return SetQuotaResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(SetQuotaResponseData.newBuilder().setQuota(quota(row)))
                .build();
    }

    private dev.caravan.proto.upload.Quota quota(Map<String, Object> row) {
        Quota quota = Quota.of(row, properties);
        QuotaLimits.Builder allowed = QuotaLimits.newBuilder();
        if (quota.maxBytes() != Quota.UNLIMITED) {
            allowed.setMaxBytes(quota.maxBytes());
        }
        if (quota.maxVideos() != Quota.UNLIMITED) {
            allowed.setMaxVideos((int) quota.maxVideos());
        }
        if (quota.maxUploads() != Quota.UNLIMITED) {
            allowed.setMaxUploads((int) quota.maxUploads());
        }
        QuotaLimits.Builder set = QuotaLimits.newBuilder();
        if (row.get("max_bytes") instanceof Long bytes) {
            set.setMaxBytes(bytes);
        }
        if (row.get("max_videos") instanceof Integer videos) {
            set.setMaxVideos(videos);
        }
        if (row.get("max_uploads") instanceof Integer uploads) {
            set.setMaxUploads(uploads);
        }
        return dev.caravan.proto.upload.Quota.newBuilder()
                .setUsed(QuotaUsage.newBuilder()
                        .setBytes(quota.bytes())
                        .setVideos(quota.videos())
                        .setUploads(quota.uploads()))
                .setAllowed(allowed)
                .setOwn(set)
                .build();
    }
}
