SELECT user_id = :?${variable.caller} OR :?${variable.admin} AS changeable
FROM shown_videos
WHERE id = :?${variable.videoId}
    AND may_see(shown_videos, :?${variable.caller}, :?${variable.admin}, NULL)
