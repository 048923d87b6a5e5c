-- As all new names are kept: composed, and without controls of direction. One of nothing else stays as it is.
UPDATE users
SET name = normalize(regexp_replace(name, '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]', '', 'g'), NFC)
WHERE (name ~ '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]' OR name IS NOT NFC NORMALIZED)
    AND name ~ '[^\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069[:space:]]';
