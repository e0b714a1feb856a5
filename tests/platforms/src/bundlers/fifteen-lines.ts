/** The fifteen lines that the README of the repository begins with: what a stranger tries in whatever tool they have. */
import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { ROOT } from '../paths.ts';

/** What they print at last, behind Alice's ID. */
export const ANSWER = /^Alice@\S{20,60}: Hello!$|^0x[0-9A-Fa-f]{40}: Hello!$/m;

/** Their imports, and what is behind these, as JavaScript. */
export async function fifteenLines(): Promise<{ readonly imports: string; readonly body: string }> {
  const [, code] = /```ts\n(.*?)```/s.exec(readFileSync(`${ROOT}/README.md`, 'utf8')) ?? [];
  if (code === undefined) throw new Error('the README has no program');
  const { code: script } = await transform(code, { loader: 'ts', format: 'esm', target: 'es2022' });
  const lines = script.split('\n');
  const isImport = (line: string) => line.startsWith('import ');
  return {
    imports: lines.filter((line) => isImport(line)).join('\n'),
    body: lines.filter((line) => !isImport(line)).join('\n'),
  };
}
