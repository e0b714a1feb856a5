/** The driver fails when it should: each peer here is wrong in one way. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exchangeWith, type RunOptions } from './exchange-with.ts';
import { count } from './judge.ts';
import type { PeerReport } from './matrix.ts';
import type { Peer } from './peers.ts';
import { startProcess } from './process-side.ts';
import { keptSeeds } from './seeds.ts';
import { BrokenSide } from './side.ts';

const directory = mkdtempSync(join(tmpdir(), 'interop-'));
process.on('exit', () => rmSync(directory, { recursive: true }));

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
let files = 0;
const newSeedsFile = (): string => join(directory, `seeds-${++files}.json`);

function peerOf(fault: string | undefined, timeoutMs = 60_000): Peer {
  const args = fault === undefined ? [pathOf('adapter.js')] : [pathOf('faulty-adapter.js'), fault];
  const start = async () => startProcess({ command: process.execPath, arguments: args, timeoutMs });
  return { name: 'peer', about: 'a test', start };
}

interface Run extends PeerReport {
  readonly printed: string;
}

async function run(fault: string | undefined, options: Partial<RunOptions>, timeoutMs?: number): Promise<Run> {
  const lines: string[] = [];
  const all: RunOptions = { seed: 1, count: 0, only: undefined, seedsFile: newSeedsFile(), ...options };
  const report = await exchangeWith(peerOf(fault, timeoutMs), all, (line) => lines.push(line));
  return { ...report, printed: lines.join('\n') };
}

await test('a peer that is right passes, in both directions', async () => {
  const { results, broken } = await run(undefined, { only: 'Refused: m' });
  assert.equal(broken, undefined);
  assert.deepEqual([...new Set(results.map(({ verdict }) => verdict))], ['refused']);
  const texts = await run(undefined, { only: 'Texts' });
  assert.deepEqual(count(texts.results), { passed: texts.results.length, failed: 0 });
  assert.ok(texts.results.length > 10);
});

const WRONG: readonly (readonly [fault: string, only: string, direction: string, reason: RegExp])[] = [
  ['reads another text', 'Texts', 'to peer', /content\.text: .*something else/],
  ['loses a field', 'Contents and commands', 'to peer', /content\.x: .* and nothing/],
  ['says another value', 'Texts', 'to peer', /text: .*something else/],
  ['names another sender', 'Texts', 'to peer', /sender: "anyone@anywhere"/],
  ['writes another text', 'Texts', 'from peer', /content\.text: "something else"/],
  ['computes other IDs', 'Metas and IDs', 'to peer', /ids: \d+ and 1 items/],
  ['refuses everything', 'Keys', 'to peer', /refused: no/],
  ['tampers with nothing', 'Refused: metas', 'from peer', /: accepted/],
];

for (const [fault, only, direction, reason] of WRONG) {
  await test(`found: a peer that ${fault}`, async () => {
    const { results, printed } = await run(fault, { only });
    const wrong = results.filter((result) => result.verdict === 'differs' && result.direction === direction);
    assert.ok(wrong.length > 0);
    assert.match(wrong.map((result) => result.reason).join('\n'), reason);
    assert.match(printed, reason);
  });
}

await test('what the peer accepts is its own matter, and counts for nothing', async () => {
  const { results } = await run('reads another text', { only: 'Refused: IDs' });
  assert.equal(count(results).failed, 0);
});

const BROKEN: readonly (readonly [fault: string, reason: RegExp])[] = [
  ['hangs', /no answer to [a-z-]+ within 500 ms/],
  ['ends', /the program ended with 3/],
  ['talks at random', /no answer to anything: no JSON/],
];

for (const [fault, reason] of BROKEN) {
  await test(`a peer that ${fault} is broken, and the run goes on without it`, async () => {
    const { broken } = await run(fault, { only: 'Keys' }, fault === 'hangs' ? 500 : 60_000);
    assert.match(broken ?? '', reason);
  });
}

await test('a program that does not start, or does not say who it is, is no peer', async () => {
  await assert.rejects(startProcess({ command: join(directory, 'nothing'), arguments: [] }), BrokenSide);
  await assert.rejects(peerOf('says nothing of itself').start(), BrokenSide);
});

await test('a failing seed is printed, kept, and run first the next time', async () => {
  const seedsFile = newSeedsFile();
  const first = await run('says another value', { only: 'Random', seed: 40, count: 12, seedsFile });
  const failing = first.results.filter(({ verdict }) => verdict === 'differs').map(({ name }) => name);
  assert.ok(failing.length > 0 && failing.length < 12);
  for (const name of failing) assert.ok(first.printed.includes(`Random, ${name}, to peer`));
  assert.deepEqual(
    keptSeeds(seedsFile).map((seed) => `seed ${seed}`),
    failing,
  );
  const second = await run(undefined, { only: 'Random', seed: 1000, count: 1, seedsFile });
  assert.deepEqual(
    second.results.map(({ name, verdict }) => [name, verdict]),
    [...failing, 'seed 1000'].map((name) => [name, 'pass']),
  );
});

await test('the same seed makes the same scenario', async () => {
  const again = async () => {
    const { results } = await run('says another value', { only: 'Random', seed: 40, count: 12 });
    return results.map(({ name, direction, verdict }) => [name, direction, verdict]);
  };
  assert.deepEqual(await again(), await again());
});

function main(...args: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  const all = [pathOf('main.js'), '--count', '0', '--seeds-file', newSeedsFile(), ...args];
  return spawnSync(process.execPath, all, { encoding: 'utf8' });
}

await test('the program ends with 0 only when something ran and nothing failed, and with 2 for a wrong line', () => {
  const program = (fault?: string) =>
    fault === undefined
      ? `${process.execPath} ${pathOf('adapter.js')}`
      : `${process.execPath} ${pathOf('faulty-adapter.js')} ${fault}`;
  const right = main('--program', program(), '--only', 'Keys');
  assert.deepEqual([right.status, right.stdout.trim().split('\n').at(-1)], [0, '10 passed, 0 failed']);
  assert.match(right.stdout, /ECC: sign and verify +pass +pass/);
  const wrong = main('--program', program('refuses everything'), '--only', 'Keys');
  assert.deepEqual([wrong.status, wrong.stdout.trim().split('\n').at(-1)], [1, '0 passed, 10 failed']);
  assert.equal(main('--program', program('ends'), '--only', 'Keys').status, 1);
  assert.equal(main('--program', program(), '--only', 'no such part').status, 2);
  assert.equal(main('--peer', 'unheard-of').status, 2);
});

/** A program in place of Python, which fails with a message. */
function pythonThatSays(message: string): string {
  const path = join(directory, `python-${++files}`);
  writeFileSync(path, `#!/bin/sh\necho '${message}' >&2\nexit 1\n`, { mode: 0o755 });
  return path;
}

await test('without the registry it says so and ends with 0; any other failure to install is one', () => {
  const install = (message: string) =>
    main('--peer', 'python', '--cache', join(directory, 'cache'), '--python', pythonThatSays(message));
  const skipped = install('NewConnectionError: Failed to establish a new connection');
  assert.deepEqual([skipped.status, skipped.stdout.trim().split('\n').at(-1)], [0, '0 passed, 0 failed']);
  assert.match(skipped.stdout, /python: skipped, the package registry cannot be reached/);
  assert.equal(install('No matching distribution found for mkm==9').status, 1);
  assert.equal(main('--peer', 'python', '--cache', directory, '--python', join(directory, 'nothing')).status, 2);
});
