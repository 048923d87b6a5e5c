package dev.caravan.videocatalog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchWordsTest {

    @Test
    void looksForEachWordOnce() {
        assertThat(SearchWords.in("  red\tpanda\u00a0red\0 ").patterns()).containsExactly("%red%", "%panda%");
    }

    @Test
    void takesWildcardsForWhatTheyAre() {
        assertThat(SearchWords.in("100% a_b c\\d 'e\"").patterns())
                .containsExactly("%100\\%%", "%a\\_b%", "%c\\\\d%", "%'e\"%");
    }

    @Test
    void makesNoWildcardAndNoSpaceOfWhatLooksLikeOne() {
        assertThat(SearchWords.in("100\uff05 a\uff3fb\u3000c\u2003\uff3c").patterns())
                .containsExactly("%100\\%%", "%a\\_b%", "%c%", "%\\\\%");
    }

    @Test
    void narrowsByTheLongestWord() {
        assertThat(parameters("red panda cub"))
                .containsEntry("longest_word", "%panda%")
                .containsEntry("words", "%red% %panda% %cub%");
    }

    @Test
    void findsAllWithoutAWord() {
        assertThat(parameters(" ")).containsEntry("longest_word", "%");
        assertThat(parameters("")).containsEntry("words", "");
        assertThat(parameters("\u200b \u2800")).containsEntry("words", "");
    }

    private static Map<String, Object> parameters(String search) {
        Map<String, Object> parameters = new HashMap<>();
        SearchWords.in(search).into(parameters);
        return parameters;
    }
}
