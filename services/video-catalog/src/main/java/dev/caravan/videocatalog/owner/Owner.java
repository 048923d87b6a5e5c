package dev.caravan.videocatalog.owner;

import dev.caravan.proto.videocatalog.User;

/**
 * What is shown of an owner.
 *
 * @param user as in the contract; without a name when he is not known
 * @param told whether the user service said so, or could not be asked
 */
record Owner(User user, boolean told) {

    /** The variable with the id that is asked for. */
    static final String ID_VARIABLE = "ownerId";

    static User nameless(int id) {
        return User.newBuilder().setId(id).build();
    }
}
