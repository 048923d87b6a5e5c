package dev.caravan.user.answer;

import dev.caravan.proto.user.BlockUserResponse;
import dev.caravan.proto.user.BlockUserResponseData;
import dev.caravan.proto.user.FindUsersResponse;
import dev.caravan.proto.user.FindUsersResponseData;
import dev.caravan.proto.user.UnblockUserResponse;
import dev.caravan.proto.user.UnblockUserResponseData;
import dev.caravan.user.request.Variables;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Answers that show users to administrators, of each RPC that does. */
@Component
public class AnswerAccount {

    /** @param rows one more than the page holds when there is a next one */
    public FindUsersResponse find(@Body List<Map<String, Object>> rows, @Variable(Variables.SIZE) int size) {
        FindUsersResponseData.Builder data = FindUsersResponseData.newBuilder().setSize(size);
        rows.stream().limit(size).map(Rows::account).forEach(data::addUsers);
        if (rows.size() > size) {
            data.setCursor(Integer.toString(data.getUsers(size - 1).getId()));
        }
        return FindUsersResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(data)
                .build();
    }

    public BlockUserResponse block(@Body Map<String, Object> row) {
        return BlockUserResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(BlockUserResponseData.newBuilder().setUser(Rows.account(row)))
                .build();
    }

    public UnblockUserResponse unblock(@Body Map<String, Object> row) {
        return UnblockUserResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(UnblockUserResponseData.newBuilder().setUser(Rows.account(row)))
                .build();
    }
}
