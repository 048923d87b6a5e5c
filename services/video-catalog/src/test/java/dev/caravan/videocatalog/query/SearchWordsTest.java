package dev.caravan.videocatalog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchWordsTest {

    @Test
    void looksForEachWordOnce() {
        assertThat(SearchWords.in("  red\tpanda\u00a0red\0 ").words()).containsExactly("red", "panda");
    }

    @Test
    void takesWildcardsForWhatTheyAre() {
        assertThat(parameters("100% a_b c\\d 'e\""))
                .containsEntry("words", "100% a_b c\\d 'e\"")
                .containsEntry("patterns", "%100\\%% %a\\_b% %c\\\\d% %'e\"%");
    }

    @Test
    void makesNoWildcardAndNoSpaceOfWhatLooksLikeOne() {
        assertThat(parameters("100\uff05 a\uff3fb\u3000c\u2003\uff3c"))
                .containsEntry("words", "100% a_b c \\")
                .containsEntry("patterns", "%100\\%% %a\\_b% %c% %\\\\%");
    }

    @Test
    void hasNoWordWhereNothingIsSeen() {
        for (String search : List.of("", " ", "\u200b \u2800")) {
            assertThat(parameters(search)).containsEntry("words", "").containsEntry("patterns", "");
        }
    }

    private static Map<String, Object> parameters(String search) {
        Map<String, Object> parameters = new HashMap<>();
        SearchWords.in(search).into(parameters);
        return parameters;
    }
}
