/** One after the other, and of each who waits in its turn. */
import { expect, test } from '@jest/globals';
import { FairTurns } from '../../src/routing/fair-turns.ts';

test('who asks for many holds up none of the others', async () => {
  const turns = new FairTurns();
  const done: string[] = [];
  let running = 0;
  const ask = async (who: string, name: string): Promise<number> =>
    turns.take(who, async () => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      running -= 1;
      return done.push(name);
    });
  const many = Array.from({ length: 6 }, async (_, index) => ask('crowd', `crowd ${index}`));
  const few = [ask('one', 'one 0'), ask('one', 'one 1'), ask('other', 'other 0')];
  await Promise.all([...many, ...few]);
  const crowd = Array.from({ length: 6 }, (_, index) => `crowd ${index}`);
  // Two of theirs were asked for before anybody else was there.
  const between = ['one 0', 'other 0', crowd[2], 'one 1'];
  expect(done).toEqual([...crowd.slice(0, 2), ...between, ...crowd.slice(3)]);
  expect(await ask('one', 'again')).toBe(10);
});

test('what fails is told to who asked, and the others go on', async () => {
  const turns = new FairTurns();
  const failed = turns.take('one', async () => {
    throw new Error('broken');
  });
  const next = turns.take('one', async () => 'done');
  await expect(failed).rejects.toThrow('broken');
  expect(await next).toBe('done');
});
