ALTER TABLE videos
    ADD COLUMN title_form text NOT NULL GENERATED ALWAYS AS (search_form(title)) STORED;

-- Counted and read by it alone.
DROP INDEX videos_of_an_owner_newest_first;
CREATE INDEX videos_of_an_owner_newest_first ON videos (user_id, published_at DESC, id DESC) INCLUDE (state)
    WHERE deleted_at IS NULL;

CREATE OR REPLACE VIEW shown_videos AS
SELECT id, original_id, user_id, title, description, published_at, state, progress, failure,
    CASE WHEN poster LIKE 'encoded-videos/%' THEN poster END AS thumbnail, width, height, duration, path, hls, renditions,
    coalesce(duration_ms, 1000 * CAST(duration AS bigint)) AS duration_ms, warnings, search_text, thumbnails, title_form
FROM videos
WHERE deleted_at IS NULL;

-- Words of a text, or of several words that spaces separate: what in it is letters and digits without a break.
CREATE FUNCTION whole_words(form text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT coalesce(pg_catalog.array_agg(DISTINCT word COLLATE pg_catalog."C"), '{}')
    FROM pg_catalog.regexp_split_to_table(form COLLATE pg_catalog."und-x-icu", '[^[:alnum:]]+') AS word
    WHERE word <> ''
$$;

-- What of a video an index of it holds: all that stands in its text in one to three characters, without space between; that
-- of its title once more behind a space; and between spaces the title's whole words. One statement, for one that is called
-- by another is planned anew for every video.
CREATE FUNCTION search_keys(title text, form text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT coalesce(pg_catalog.array_agg(DISTINCT key COLLATE pg_catalog."C"), '{}')
    FROM (
        SELECT mark || pg_catalog.substr(word, place, size) AS key
        FROM (VALUES ('', form), (' ', title)) AS part (mark, written),
            pg_catalog.regexp_split_to_table(written, '\s+') AS word,
            pg_catalog.generate_series(1, pg_catalog.length(word)) AS place,
            pg_catalog.generate_series(1, 3) AS size
        UNION ALL
        SELECT ' ' || word || ' '
        FROM pg_catalog.regexp_split_to_table(title COLLATE pg_catalog."und-x-icu", '[^[:alnum:]]+') AS word
        WHERE word <> ''
    ) AS keys
$$;

-- What the index has to hold of a video that has all these words, which spaces separate: in its title as whole words (tier 0),
-- in its title (tier 1) or anywhere (tier 2). Nothing, when there can be none.
CREATE FUNCTION needed_keys(words text, tier integer) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE tier
    WHEN 0 THEN ARRAY(SELECT ' ' || word || ' ' FROM unnest(whole_words(words)) AS word)
    WHEN 1 THEN ARRAY(SELECT ' ' || gram FROM unnest(needed_grams(words)) AS gram)
    ELSE needed_grams(words)
END;

DROP INDEX videos_by_parts_of_words;
CREATE INDEX videos_by_parts_of_words ON videos USING gin (search_keys(title_form, search_text)) WHERE deleted_at IS NULL;
-- How often each is there is not asked, and would cost every analysis of the table seconds.
ALTER INDEX videos_by_parts_of_words ALTER COLUMN 1 SET STATISTICS 0;
COMMENT ON FUNCTION search_grams IS 'Of instances of before, which may still search with it; nothing else does.';

CREATE TYPE search_hit AS (tier integer, published_at timestamptz, id integer);

-- How much of what is searched for stands in a title: all words as whole words (0), all words (1), or not all (2).
CREATE FUNCTION search_tier(title text, patterns text[], word_patterns text[]) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN NOT title LIKE ALL (patterns) THEN 2
    WHEN word_patterns <> '{}' AND title COLLATE "und-x-icu" ~ ALL (word_patterns) THEN 0
    ELSE 1
END;

-- Finds in each tier the newest videos that have all words, and in all of them together as many as are needed.
--
-- words: their search_form, which spaces separate; patterns: the same as patterns of LIKE
-- of_state, of_owner: whose videos are searched; owner 0 stands for any
-- ranked: whether there are tiers at all; without, all are of the last
-- after_tier, after_time, after_id: behind what is searched
-- needed: how many are to be found
-- hits: the best of what was found, in their order
-- matches: how many of those looked at have all words, in whatever tier
-- looked_at: how many that were; null for all
--
-- The newest are read first, among which is what many have. Where too few of them have it, more are read if these are likely to
-- do; and what so few have that it still does not fill the page is looked up among all. The widest tier comes first, because
-- once all videos were looked at for it there is nothing left to find.
CREATE FUNCTION search_videos(
    words text, patterns text, of_state video_state, of_owner integer, ranked boolean,
    after_tier integer, after_time timestamptz, after_id bigint, needed bigint,
    OUT hits search_hit[], OUT matches bigint, OUT looked_at bigint
)
    LANGUAGE plpgsql STABLE
    -- A plan for any words would read all videos.
    SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    pattern_list CONSTANT text[] := string_to_array(patterns, ' ');
    word_patterns CONSTANT text[] := ARRAY(SELECT '\m' || word || '\M' FROM unnest(whole_words(words)) AS word);
    few CONSTANT bigint := 50 * needed;
    many CONSTANT bigint := 400 * needed;
    keys text[];
    behind_time timestamptz;
    behind_id bigint;
    span bigint;
    complete boolean;
    found search_hit[];
BEGIN
    hits := '{}';
    FOR searched IN REVERSE 2 .. after_tier LOOP
        keys := needed_keys(words, searched);
        CONTINUE WHEN searched = 0 AND keys = '{}';
        CONTINUE WHEN (SELECT count(*) FROM unnest(hits) WHERE tier <= searched) >= needed;
        behind_time := CASE WHEN searched = after_tier THEN after_time ELSE 'infinity' END;
        behind_id := CASE WHEN searched = after_tier THEN after_id ELSE 0 END;
        complete := (
            SELECT published_at
            FROM shown_videos
            WHERE state = of_state
                AND (of_owner = 0 OR user_id = of_owner)
                AND (published_at, id) < (behind_time, behind_id)
            ORDER BY published_at DESC, id DESC
            LIMIT 1 OFFSET few
        ) IS NULL;
        FOREACH span IN ARRAY ARRAY[few, many] LOOP
            found := ARRAY(
                SELECT CAST(ROW(tier, published_at, id) AS search_hit)
                FROM (
                    SELECT published_at, id,
                        CASE WHEN ranked THEN search_tier(title_form, pattern_list, word_patterns) ELSE 2 END AS tier
                    FROM (
                        SELECT published_at, id, title_form, search_text
                        FROM shown_videos
                        WHERE state = of_state
                            AND (of_owner = 0 OR user_id = of_owner)
                            AND (published_at, id) < (behind_time, behind_id)
                        ORDER BY published_at DESC, id DESC
                        LIMIT span
                    ) AS newest
                    WHERE search_text LIKE ALL (pattern_list)
                ) AS matching
                WHERE tier BETWEEN after_tier AND searched
                    AND (tier > after_tier OR (published_at, id) < (after_time, after_id))
                ORDER BY published_at DESC, id DESC
                LIMIT CASE WHEN span = many THEN needed END
            );
            EXIT WHEN complete OR cardinality(found) >= needed OR cardinality(found) * many < needed * few;
        END LOOP;
        IF NOT complete AND cardinality(found) < needed THEN
            complete := true;
            found := ARRAY(
                SELECT CAST(ROW(tier, published_at, id) AS search_hit)
                FROM (
                    SELECT published_at, id,
                        CASE WHEN ranked THEN search_tier(title_form, pattern_list, word_patterns) ELSE 2 END AS tier
                    FROM shown_videos
                    WHERE state = of_state
                        AND (of_owner = 0 OR user_id = of_owner)
                        AND (published_at, id) < (behind_time, behind_id)
                        AND search_keys(title_form, search_text) @> keys
                        AND search_text LIKE ALL (pattern_list)
                ) AS matching
                WHERE tier BETWEEN after_tier AND searched
                    AND (tier > after_tier OR (published_at, id) < (after_time, after_id))
            );
        END IF;
        hits := hits || found;
        IF searched = 2 THEN
            matches := cardinality(found);
            looked_at := CASE
                WHEN complete THEN NULL
                WHEN span = few THEN few
                ELSE (
                    SELECT count(*)
                    FROM shown_videos
                    WHERE state = of_state
                        AND (of_owner = 0 OR user_id = of_owner)
                        AND (published_at, id) < (behind_time, behind_id)
                        AND (published_at, id) >= ((found[needed]).published_at, (found[needed]).id)
                )
            END;
        END IF;
        EXIT WHEN complete;
    END LOOP;
    hits := ARRAY(
        SELECT CAST(ROW(tier, published_at, id) AS search_hit)
        FROM (SELECT DISTINCT tier, published_at, id FROM unnest(hits)) AS hit
        ORDER BY tier, published_at DESC, id DESC
        LIMIT needed
    );
END
$$;
