package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import java.text.Normalizer;
import java.util.Locale;

/** What is asked of each field, wherever it stands in a request. */
final class Rules {

    static final int LEAST_NAME = 3;
    static final int MOST_NAME = 50;
    static final int LEAST_EMAIL = 5;
    static final int LEAST_PASSWORD = 5;
    static final int MOST = 255;

    private Rules() {}

    /** A name or an email as it is stored, without surrounding space. */
    static String tidied(String value) {
        return UserText.line(value).strip();
    }

    /** What makes two spellings of an email the same. */
    static String key(String tidiedEmail) {
        return Normalizer.normalize(tidiedEmail.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    static void checkName(FieldErrors errors, String name) {
        errors.required("name", name)
                .length("name", name, LEAST_NAME, MOST_NAME)
                .line("name", name);
    }

    static void checkEmail(FieldErrors errors, String email) {
        errors.required("email", email)
                .email("email", email)
                .length("email", email, LEAST_EMAIL, MOST)
                .text("email", email);
    }

    static void checkPassword(FieldErrors errors, String field, String password) {
        errors.required(field, password)
                .length(field, password, LEAST_PASSWORD, MOST)
                .text(field, password);
    }

    static void checkCurrentPassword(FieldErrors errors, String password) {
        errors.required("current_password", password)
                .length("current_password", password, 0, MOST)
                .text("current_password", password);
    }
}
