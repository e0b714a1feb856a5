/** Doing the same for each of many, some at a time. */
import { expect, test } from '@jest/globals';
import { sideBySide } from '../../src/inbox/side-by-side.ts';

test('no more run at a time than is said, and what they give is in order', async () => {
  let running = 0;
  let most = 0;
  const results = await sideBySide(3, [5, 1, 4, 2, 3, 0, 6], async (turns) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    running--;
    return turns * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30, 0, 60]);
  expect(most).toBe(3);
});

test('it fails once none runs, and begins no other', async () => {
  const events: string[] = [];
  let end: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => (end = resolve));
  const failed = sideBySide(2, ['slow', 'fails', 'never'], async (name) => {
    events.push(name);
    if (name === 'fails') throw new Error(name);
    await slow;
    events.push(`${name} ended`);
  });
  setImmediate(end);
  await expect(failed).rejects.toThrow('fails');
  expect(events).toEqual(['slow', 'fails', 'slow ended']);
});
