/** So many at a time, and the others in turn. */
import { expect, test } from '@jest/globals';
import { AtATime } from '../../src/pace/at-a-time.ts';

test('no more run than is said, those who wait in the order in which they came, also after a failure', async () => {
  const slots = new AtATime(2);
  const order: string[] = [];
  let running = 0;
  let most = 0;
  const all = await Promise.allSettled(
    ['a', 'b', 'c', 'd', 'e'].map(async (name, index) =>
      slots.run(async () => {
        most = Math.max(most, ++running);
        order.push(name);
        for (let turn = 0; turn < index; turn++) await Promise.resolve();
        running--;
        if (name === 'a' || name === 'c') throw new Error(name);
        return name;
      }),
    ),
  );
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect([order.join(''), most]).toEqual(['abcde', 2]);
  expect(await slots.run(async () => 'again')).toBe('again');
});
