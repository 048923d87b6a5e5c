/** Says what tools of others find in the contracts; ends with 1 when they find anything. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const file = name => fileURLToPath(new URL(name, import.meta.url));
const openapi = file('../../routes/api-gateway/openapi.yaml');
const asyncapi = file('../../docs/asyncapi.json');
const checks = { spectral, parser, postman };

async function spectral() {
  const { status, stdout, stderr } = spawnSync(
    file('node_modules/.bin/spectral'),
    ['lint', '--fail-severity', 'hint', '--ruleset', file('ruleset.yaml'), openapi],
    { encoding: 'utf8' },
  );
  return status === 0 ? [] : [stdout, stderr];
}

async function parser() {
  const { Parser } = require('@asyncapi/parser');
  const { document, diagnostics } = await new Parser().parse(readFileSync(asyncapi, 'utf8'));
  return [...diagnostics.map(found => `${found.path.join('.')}: ${found.message}`), ...(document ? [] : ['It is no document.'])];
}

/** With a base URL that a request can be sent to. */
async function postman() {
  const { convertV2 } = require('openapi-to-postmanv2');
  const collection = await new Promise((resolve, reject) =>
    convertV2({ type: 'string', data: readFileSync(openapi, 'utf8') }, {}, (error, converted) =>
      error || !converted.result ? reject(new Error(error ?? converted.reason)) : resolve(converted.output[0].data),
    ),
  );
  const base = collection.variable.find(variable => variable.key === 'baseUrl')?.value;
  return base === 'http://localhost:8080' ? [] : [`The base URL is ${base}`];
}

const found = await checks[process.argv[2]]();
found.forEach(line => console.log(line));
process.exit(found.length > 0 ? 1 : 0);
