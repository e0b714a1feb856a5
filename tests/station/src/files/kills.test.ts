/** A station is killed while files come: what it has said it has, it has, whole; of all others nothing is left. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { randomFillSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { below, chance } from 'network/chance';
import { byForm, seedOfStory } from 'network/form';
import { digestOf, FileStation } from './file-station.ts';

const KILLS = Number(process.env['DIM_KILLS'] ?? byForm(2, 4, 50));
const SEED = seedOfStory();
/** Uploads at once, which is no more than one address may have. */
const AT_ONCE = 6;

const folder = mkdtempSync(join(tmpdir(), 'dimstation-files-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test(`of ${KILLS} kills no file that was taken is lost`, async (context) => {
  context.diagnostic(`DIM_SEED=${SEED} DIM_KILLS=${KILLS}`);
  const numbers = chance(SEED, 'files');
  const station = new FileStation(join(folder, 'station'));
  after(async () => station.kill());
  const taken = new Map<string, string>();
  for (let kill = 0; kill < KILLS; kill++) {
    await station.start();
    const due = 1 + below(numbers, AT_ONCE);
    let done = 0;
    const uploads = Array.from({ length: AT_ONCE }, async () => {
      for (;;) {
        const bytes = randomFillSync(new Uint8Array(1 + below(numbers, 1_000_000)));
        try {
          const { code, url = '' } = await station.upload(bytes);
          strictEqual(code, 200);
          taken.set(url, digestOf(bytes));
        } catch (error) {
          if (error instanceof TypeError) return;
          throw error;
        }
        done += 1;
        // The others are in the middle of theirs.
        if (done === due) return station.kill();
      }
    });
    await Promise.all(uploads);
  }
  await station.start();
  for (const [url, digest] of taken) strictEqual(await station.digest(url), digest);
  const names = readdirSync(join(folder, 'station', 'files'));
  deepStrictEqual(
    names.filter((name) => name.endsWith('.part')),
    [],
  );
  context.diagnostic(`${taken.size} files, ${names.length - taken.size} of which nobody heard`);
});
