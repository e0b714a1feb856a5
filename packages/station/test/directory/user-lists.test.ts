/** Block and mute lists, read and written at once. */
import { expect, test } from '@jest/globals';
import { createDim } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { systemClock } from 'dimsdk';
import { UserLists } from '../../src/directory/user-lists.ts';
import { memoryEngine } from '../../src/engine/memory-engine.ts';
import type { Records } from '../../src/ports/records.ts';

const dim = createDim({ plugins: [standardPlugin()] });
const ALICE = dim.ID.parse('0x58c692ec203255b8ad8bdffef7739186c014f3b1');
const MALLORY = dim.ID.parse('0x21ca2ec203255b8ad8bdffef7739186c014f3b1a');

test('a list that is written while somebody reads the one before is the one that counts', async () => {
  const { records } = memoryEngine();
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let reads = 0;
  const slow: Records = {
    ...records,
    write: async (changes) => records.write(changes),
    read: async (table, key) => {
      const found = await records.read(table, key);
      if (reads++ === 0) await gate;
      return found;
    },
  };
  const lists = new UserLists(slow, systemClock);
  const before = lists.has('block', ALICE, MALLORY);
  expect(await lists.put('block', ALICE, [MALLORY], 1)).toBe(true);
  open();
  await before;
  expect(await lists.has('block', ALICE, MALLORY)).toBe(true);
});
