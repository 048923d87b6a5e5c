/** Files that are dropped anywhere on the page are uploaded. */

import { navigate } from './router.js';
import { session } from './session.js';
import { uploads } from './upload-queue.js';

/** A field for a file takes what is dropped on it itself. */
function isOurs(event) {
  return session.token !== null && event.dataTransfer.types.includes('Files') && !event.target.closest?.('input[type=file]');
}

function hover(yes) {
  document.body.classList.toggle('dropping', yes);
}

export function takeDrops() {
  addEventListener('dragover', (event) => {
    hover(isOurs(event));
    if (isOurs(event)) event.preventDefault();
  });
  addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) hover(false);
  });
  addEventListener('drop', (event) => {
    hover(false);
    if (!isOurs(event)) return;
    event.preventDefault();
    // A folder looks like a file of some bytes, which can't be read.
    const files = [...event.dataTransfer.items].filter((item) => item.kind === 'file' && item.webkitGetAsEntry?.()?.isDirectory !== true).map((item) => item.getAsFile());
    uploads.add(files);
    navigate('/upload');
  });
}
