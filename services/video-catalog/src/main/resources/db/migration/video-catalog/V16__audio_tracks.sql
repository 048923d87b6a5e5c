-- What a ready video can be heard with; unknown of those that were encoded before.
ALTER TABLE videos ADD COLUMN audio_tracks jsonb NOT NULL DEFAULT '[]';
