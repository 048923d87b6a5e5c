/** Takes events whose signature the library of Standard Webhooks finds right, as docs/webhooks.md shows it, and refuses others. */

import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const { Webhook } = createRequire(import.meta.url)('standardwebhooks');
let secret = null;

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts).toString('utf8');
  if (request.method === 'PUT') {
    secret = body;
    response.writeHead(204).end();
    return;
  }
  try {
    const event = new Webhook(secret).verify(body, request.headers);
    console.log(`took ${event.type}`);
    response.writeHead(204).end();
  } catch (error) {
    console.log(`refused: ${error.message}`);
    response.writeHead(401).end(error.message);
  }
});

server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
