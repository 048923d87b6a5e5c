-- Who may see the video once it is ready, as its owner said; null where he did not say.
alter table uploads
    add column visibility text check (visibility in ('public', 'unlisted', 'private'));
