/** `check-schemas [DIR]`: a line for each vector file, whether it is what its schema in `vectors/schemas` says. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';

const vectors = fileURLToPath(new URL('../../../vectors', import.meta.url));
const directory = process.argv[2] ?? vectors;
// A type may be "string or null"; a keyword without a type that it is for is an error.
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: true });

const names = readdirSync(directory).filter((name) => name.endsWith('.json'));
let violations = 0;
for (const name of names) {
  const found = violationsOf(name);
  console.log(`${name.padEnd(22)} ${found.length === 0 ? 'as its schema says' : `${found.length} violations`}`);
  for (const violation of found.slice(0, 12)) console.log(`  ${violation}`);
  violations += found.length;
}
// No files at all is no success.
process.exitCode = violations === 0 && names.length > 0 ? 0 : 1;

function violationsOf(name: string): string[] {
  const path = join(vectors, 'schemas', name.replace(/\.json$/, '.schema.json'));
  if (!existsSync(path)) return ['it has no schema'];
  const validate = ajv.compile(readJson(path) as AnySchemaObject);
  if (validate(readJson(join(directory, name)))) return [];
  return (validate.errors ?? []).map(
    // The parameters name the field that is too much, or the value that was wanted.
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
