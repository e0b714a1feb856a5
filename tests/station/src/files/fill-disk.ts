/** A program that uploads files until the small disk of a folder is full, and goes on when there is room again. Argument: the folder. */
import assert from 'node:assert/strict';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, FileStation } from './file-station.ts';

const [folder = ''] = process.argv.slice(2);
const ballast = join(folder, 'ballast');
writeFileSync(ballast, new Uint8Array(4 * 1024 * 1024));
const station = await new FileStation(join(folder, 'station')).start();
const taken = new Map<string, string>();

async function put(seed: number): Promise<number> {
  const bytes = new Uint8Array(700_000).fill(seed);
  const { code, url } = await station.upload(bytes);
  if (url !== undefined) taken.set(url, digestOf(bytes));
  return code;
}

const codes: number[] = [];
while (codes.at(-1) !== 507) codes.push(await put(codes.length));
assert.deepEqual(new Set(codes), new Set([200, 507]));
// Several that come at once, with nothing of them left.
assert.deepEqual(await Promise.all([1, 2, 3].map(put)), [507, 507, 507]);
assert.equal(readdirSync(join(folder, 'station', 'files')).length, taken.size);
rmSync(ballast);
assert.equal(await put(99), 200);
for (const [url, digest] of taken) assert.equal(await station.digest(url), digest);
await station.kill();
console.log('done');
