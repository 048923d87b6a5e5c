ALTER TABLE videos
    -- Name of the WebVTT file of its storyboard, in path; of ready videos only, and not of those that were encoded before there were any.
    ADD COLUMN storyboard text;
