/** Questions at a terminal. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { runProgram } from '../../src/program.ts';
import { temporaryFolder } from '../run.ts';

const folder = temporaryFolder();
const WORDS = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

/** A terminal at which somebody types as soon as there is a question. */
async function typed(
  line: readonly string[],
  { question, keys, passphrase }: { question: string; keys: string; passphrase?: string },
): Promise<{ readonly code: number; readonly shown: string }> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
  const screen = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns: 60, rows: 30 });
  let shown = '';
  let isAsked = false;
  screen.on('data', (part: string) => {
    shown += part;
    if (!isAsked && shown.includes(question)) {
      isAsked = true;
      // The question listens once it is written.
      setImmediate(() => stdin.write(keys));
    }
  });
  const code = await runProgram({
    arguments: line,
    environment: { DIM_HOME: join(folder, 'alice'), ...(passphrase !== undefined && { DIM_PASSPHRASE: passphrase }) },
    folder,
    stdin,
    stdout: screen,
    stderr: screen,
    signal: new AbortController().signal,
  });
  return { code, shown };
}

const RESTORE = ['id', 'words', '--name', 'Alice'];
const passphrase = 'passphrase';

test('words that are typed are not shown', async () => {
  const { code, shown } = await typed(RESTORE, { question: 'recovery words', keys: `${WORDS}\r`, passphrase });
  assert.equal(code, 0, shown);
  assert.doesNotMatch(shown, /sausage/);
  assert.match(shown, /0x58A57ed9d8d624cBD12e2C467D34787555bB1b25/);
});

test('Ctrl+C at a question ends the command as an interruption, and nothing else is said', async () => {
  const keys = '\u0003';
  for (const [line, question, given] of [
    [RESTORE, 'recovery words', passphrase],
    [['doc', 'sign', '--name', 'B'], 'The passphrase of', undefined],
    [['id', 'export'], 'A new passphrase', passphrase],
    [['id', 'forget', 'Alice'], 'Forget them?', passphrase],
  ] as const) {
    const { code, shown } = await typed(line, { question, keys, ...(given !== undefined && { passphrase: given }) });
    assert.equal(code, 130, shown);
    assert.doesNotMatch(shown, /dim:/);
  }
});
