/** What is the same for the options of every tool. `tools/tool.mjs` has `--help`, and how a wrong one is told. */
import { resolve } from 'node:path';

/** An option that a tool cannot take: the user's fault, told in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** As those of `parseArgs` have. */
  readonly code = 'ERR_PARSE_ARGS_VALUE';
}

/** The path that an option means: pnpm runs scripts in the root of the workspace, the caller may stand elsewhere. */
export function pathOf(text: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', text);
}

/** The number that an option means. */
export function numberOf(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0)
    throw new UsageError(`"${text}" is no number of zero or more`);
  return number;
}

/** What a name stands for in a table. */
export function entryNamed<T>(table: ReadonlyMap<string, T>, name: string, what: string): T {
  const entry = table.get(name);
  if (entry === undefined) throw new UsageError(`there is no ${what} "${name}": ${[...table.keys()].join(', ')}`);
  return entry;
}
