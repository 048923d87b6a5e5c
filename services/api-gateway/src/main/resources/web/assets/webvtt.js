/** Captions as the platform serves them: WebVTT that was checked when it was sent. */

const ENTITIES = { amp: '&', lt: '<', gt: '>', nbsp: '\u00a0', lrm: '', rlm: '' };

/** @returns [{ start, text }], seconds and plain text, in the order of their beginnings */
export function cues(webvtt) {
  return webvtt
    .split(/\n{2,}/)
    .map(cue)
    .filter((each) => each?.text)
    .sort((one, other) => one.start - other.start);
}

function cue(block) {
  const lines = block.split('\n');
  const at = lines.findIndex((line) => line.includes('-->'));
  if (at < 0) return null;
  return { start: seconds(lines[at].trim().split(/\s/)[0]), text: plain(lines.slice(at + 1).join(' ')) };
}

function seconds(time) {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** Without markup. What is left is text, whatever it looks like: it is shown as a text node. */
function plain(text) {
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+);/g, (entity, name) => ENTITIES[name] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
