/** How an error is told: in a line for people, and to machines, where the command line says `--json`, in JSON. */
import { isDimError, type JsonMap } from 'dimp';
import { printable } from 'dimp/internal';
import { EXIT, type CommandContext } from './command-context.ts';

/** Longest line of an error; it may name two paths. */
const MAX_LINE = 2000;

/** Writes an error. @returns what the program ends with */
export function tellFailure({ name, arguments: line, stdout, stderr }: CommandContext, error: unknown): number {
  const { code, path, reason } = isDimError(error)
    ? error
    : { code: 'FAILED', path: '', reason: `has failed: ${error instanceof Error ? error.message : String(error)}` };
  // The configuration was printed already, in JSON: one answer is enough.
  if (line.includes('--json') && !line.includes('--print-config'))
    stdout.write(`${printableJson({ error: { code, path, reason } })}\n`);
  stderr.write(`${name}: ${printable(`${path} ${reason}`.trimStart(), MAX_LINE)}\n`);
  return code === 'USAGE_ARGUMENT' ? EXIT.usage : EXIT.failed;
}

/** Machines read it as it was; a terminal that it is shown on gets no controls. */
export function printableJson(answer: JsonMap): string {
  return JSON.stringify(answer).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
