package dev.caravan.user.answer;

import dev.caravan.proto.user.DeleteAccountResponse;
import dev.caravan.proto.user.DeleteAccountResponseData;
import dev.caravan.proto.user.FindDeletionResponse;
import dev.caravan.proto.user.FindDeletionResponseData;
import dev.caravan.proto.user.FindDeletionsResponse;
import dev.caravan.proto.user.FindDeletionsResponseData;
import dev.caravan.user.request.Variables;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Answers that show receipts of deletions, of each RPC that does. */
@Component
public class AnswerDeletion {

    public DeleteAccountResponse delete(@Body Map<String, Object> row) {
        return DeleteAccountResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(DeleteAccountResponseData.newBuilder().setDeletion(Rows.deletion(row)))
                .build();
    }

    public FindDeletionResponse find(@Body Map<String, Object> row) {
        return FindDeletionResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(FindDeletionResponseData.newBuilder().setDeletion(Rows.deletion(row)))
                .build();
    }

    /** @param rows one more than the page holds when there is a next one */
    public FindDeletionsResponse findAll(@Body List<Map<String, Object>> rows, @Variable(Variables.SIZE) int size) {
        FindDeletionsResponseData.Builder data =
                FindDeletionsResponseData.newBuilder().setSize(size);
        rows.stream().limit(size).map(Rows::deletion).forEach(data::addDeletions);
        if (rows.size() > size) {
            data.setCursor(String.valueOf(rows.get(size - 1).get("id")));
        }
        return FindDeletionsResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(data)
                .build();
    }
}
