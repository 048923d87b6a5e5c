// Reads a query a line and says of each where it stops being LogQL, or "ok".
import { createInterface } from 'node:readline';
import { parser } from '@grafana/lezer-logql';

for await (const query of createInterface({ input: process.stdin })) {
  let error = -1;
  parser.parse(query).iterate({
    enter(node) {
      if (node.type.isError && error < 0) error = node.from;
    },
  });
  console.log(error < 0 ? 'ok' : `wrong at ${error}: ${query}`);
}
