/** `check-schemas [DIR]`: a line for each vector file, whether it is what its schema in `vectors/schemas` says. */
import { join } from 'node:path';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import { namesIn, readCaseFile, VECTORS } from 'runner/case-files';
import { pathOf } from 'runner/paths';

const directory = pathOf(process.argv[2] ?? VECTORS);
const schemas = join(VECTORS, 'schemas');
// A type may be "string or null"; a keyword without a type that it is for is an error.
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: true });

const names = namesIn(directory);
let violations = 0;
for (const name of names) {
  const found = violationsOf(name);
  console.log(
    `${`${name}.json`.padEnd(22)} ${found.length === 0 ? 'as its schema says' : `${found.length} violations`}`,
  );
  for (const violation of found.slice(0, 12)) console.log(`  ${violation}`);
  violations += found.length;
}
// No files at all is no success.
process.exitCode = violations === 0 && names.length > 0 ? 0 : 1;

function violationsOf(name: string): string[] {
  if (!namesIn(schemas).includes(`${name}.schema`)) return ['it has no schema'];
  const validate = ajv.compile(readCaseFile(schemas, `${name}.schema`) as AnySchemaObject);
  if (validate(readCaseFile(directory, name))) return [];
  return (validate.errors ?? []).map(
    // The parameters name the field that is too much, or the value that was wanted.
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}
