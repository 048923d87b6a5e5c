SELECT count_playback(10000)
