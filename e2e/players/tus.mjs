// tus-js-client as its README uses it: node tus.mjs ENDPOINT TOKEN FILE URLS TITLE [BYTES after which it is killed]
import fs from 'node:fs';
import * as tus from 'tus-js-client';

const [endpoint, token, file, urls, title, killedAfter] = process.argv.slice(2);

const upload = new tus.Upload(fs.createReadStream(file), {
  endpoint,
  headers: { Authorization: `Bearer ${token}` },
  metadata: { title, filename: file },
  urlStorage: new tus.FileUrlStorage(urls),
  chunkSize: 4 * 1024 * 1024,
  retryDelays: [0, 3000, 5000, 10000, 20000],
  onAfterResponse: (request) => console.log(request.getMethod(), request.getHeader('Upload-Offset') ?? ''),
  onProgress: (sent) => {
    if (killedAfter && sent > Number(killedAfter)) process.kill(process.pid, 'SIGKILL');
  },
  onError: (error) => {
    console.error(String(error));
    process.exit(1);
  },
});

const [previous] = await upload.findPreviousUploads();
if (previous) upload.resumeFromPreviousUpload(previous);
upload.start();
