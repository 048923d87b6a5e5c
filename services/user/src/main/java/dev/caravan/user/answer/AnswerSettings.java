package dev.caravan.user.answer;

import dev.caravan.proto.user.FindSettingsResponse;
import dev.caravan.proto.user.FindSettingsResponseData;
import dev.caravan.proto.user.SaveSettingsResponse;
import dev.caravan.proto.user.SaveSettingsResponseData;
import java.util.Map;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/** Answers that show the caller's settings, of each RPC that does. */
@Component
public class AnswerSettings {

    public FindSettingsResponse findSettings(@Body Map<String, Object> row) {
        return FindSettingsResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(FindSettingsResponseData.newBuilder().setSettings(Rows.settings(row)))
                .build();
    }

    public SaveSettingsResponse saveSettings(@Body Map<String, Object> row) {
        return SaveSettingsResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(SaveSettingsResponseData.newBuilder().setSettings(Rows.settings(row)))
                .build();
    }
}
