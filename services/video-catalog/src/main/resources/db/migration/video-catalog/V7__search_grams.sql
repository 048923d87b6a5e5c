-- What of a text an index of it holds: all that stands in it in one to three characters, without space between.
CREATE FUNCTION search_grams(form text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT coalesce(pg_catalog.array_agg(DISTINCT gram COLLATE pg_catalog."C"), '{}')
    FROM pg_catalog.unnest(pg_catalog.regexp_split_to_array(form, '\s+')) AS word,
        pg_catalog.generate_series(1, pg_catalog.length(word)) AS place,
        pg_catalog.generate_series(1, 3) AS size,
        pg_catalog.substr(word, place, size) AS gram
$$;

-- What an index has to hold of a text in which all these words stand, which spaces separate.
CREATE FUNCTION needed_grams(words text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT coalesce(pg_catalog.array_agg(DISTINCT pg_catalog.substr(word, place, 3) COLLATE pg_catalog."C"), '{}')
    FROM pg_catalog.unnest(pg_catalog.string_to_array(words, ' ')) AS word,
        pg_catalog.generate_series(1, greatest(1, pg_catalog.length(word) - 2)) AS place
    WHERE word <> ''
$$;

DROP INDEX videos_ready_by_parts_of_words;
CREATE INDEX videos_by_parts_of_words ON videos USING gin (search_grams(search_text)) WHERE deleted_at IS NULL;
-- How often each is there is not asked, and would cost every analysis of the table seconds.
ALTER INDEX videos_by_parts_of_words ALTER COLUMN 1 SET STATISTICS 0;
