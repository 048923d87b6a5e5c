-- What it really is, for an operator who may not do something with it.
SELECT CAST(letter.state AS text) AS state, letter.queue, replay.id IS NOT NULL AS waits
FROM dead_letters AS letter
LEFT JOIN outbox AS replay ON replay.dead_letter_id = letter.id
WHERE letter.id = :?${variable.letterId}
