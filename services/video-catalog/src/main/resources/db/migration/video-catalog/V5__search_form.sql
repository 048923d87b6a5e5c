-- Text as it is compared in a search: its case folded, its compatible characters taken for the same, without what is not seen
-- (what Unicode calls NFKC_Casefold). I with and without its dot, and both small sigmas, are each one letter more. The
-- root collation of ICU has all letters' cases, whatever the database's own has.
CREATE FUNCTION search_form(written text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT pg_catalog.normalize(pg_catalog.replace(pg_catalog.translate(
        pg_catalog.lower(pg_catalog.upper(pg_catalog.lower(
            pg_catalog.normalize(
                pg_catalog.regexp_replace(
                    written,
                    '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164'
                        '\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFF8\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A'
                        '\U000E0000-\U000E0FFF]',
                    '',
                    'g'),
                'NFKC')
            COLLATE pg_catalog."und-x-icu"))),
        U&'\03C2', U&'\03C3'), U&'i\0307', 'i'), 'NFKC')
$$;

-- As all new text is kept: composed, and without controls of direction.
UPDATE videos
SET title = normalize(regexp_replace(title, '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]', '', 'g'), NFC),
    description = normalize(regexp_replace(description, '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]', '', 'g'), NFC)
WHERE (title || description) ~ '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]'
    OR title IS NOT NFC NORMALIZED
    OR description IS NOT NFC NORMALIZED;

ALTER TABLE videos
    ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (search_form(title || ' ' || description)) STORED;

DROP INDEX videos_ready_by_parts_of_words;
CREATE INDEX videos_ready_by_parts_of_words ON videos USING gin (search_text gin_trgm_ops)
    WHERE state = 'ready' AND deleted_at IS NULL;

CREATE OR REPLACE VIEW shown_videos AS
SELECT id, original_id, user_id, title, description, published_at, state, progress, failure,
    coalesce(poster, thumbnail) AS thumbnail, width, height, duration, path, hls, renditions,
    coalesce(duration_ms, 1000 * CAST(duration AS bigint)) AS duration_ms, warnings, search_text
FROM videos
WHERE deleted_at IS NULL;
