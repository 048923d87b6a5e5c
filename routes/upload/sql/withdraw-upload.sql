-- Whoever takes the row away may take the objects away: nobody can accept it any more. No row: it is accepted.
delete from uploads
where video_id = :?videoId
  and published_at is null
