/** Beginning with the next ones: in order, not too many, and what becomes of the source. */
import { expect, test } from '@jest/globals';
import { beginAhead } from '../../src/pace/begin-ahead.ts';

/** What was begun, and ends when a test says so. */
class Begun {
  readonly names: string[] = [];
  readonly #ends = new Map<string, () => void>();

  readonly begin = async (name: string): Promise<string> => {
    this.names.push(name);
    await new Promise<void>((resolve) => this.#ends.set(name, resolve));
    return name.toUpperCase();
  };

  end(...names: readonly string[]): void {
    for (const name of names) this.#ends.get(name)?.();
  }
}

async function ready(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

test('the results are in the order of the items, whichever ends first', async () => {
  const begun = new Begun();
  const results = beginAhead(['a', 'b', 'c', 'd'], { most: 3 }, begun.begin);
  const first = results.next();
  await ready();
  expect(begun.names).toEqual(['a', 'b', 'c']);
  begun.end('c', 'b');
  begun.end('a');
  expect(await first).toEqual({ done: false, value: 'A' });
  // Nobody asks for more: so no more is begun.
  await ready();
  expect(begun.names).toEqual(['a', 'b', 'c']);
  expect((await results.next()).value).toBe('B');
  const third = results.next();
  await ready();
  expect(begun.names).toEqual(['a', 'b', 'c', 'd']);
  begun.end('d');
  expect((await third).value).toBe('C');
  expect((await results.next()).value).toBe('D');
  expect(await results.next()).toEqual({ done: true, value: undefined });
});

test('a source that gives now and then does not hold up what it gave', async () => {
  let give: (value: string) => void = () => undefined;
  async function* source(): AsyncGenerator<string> {
    yield 'a';
    yield new Promise<string>((resolve) => (give = resolve));
  }
  const begun = new Begun();
  const results = beginAhead(source(), { most: 8 }, begun.begin);
  const first = results.next();
  await ready();
  begun.end('a');
  expect((await first).value).toBe('A');
  const second = results.next();
  give('b');
  await ready();
  begun.end('b');
  expect((await second).value).toBe('B');
  expect((await results.next()).done).toBe(true);
});

test('a failure of the source comes behind what it gave', async () => {
  async function* source(): AsyncGenerator<string> {
    yield 'a';
    throw new Error('lost');
  }
  const results = beginAhead(source(), { most: 8 }, async (name) => name);
  expect((await results.next()).value).toBe('a');
  await expect(results.next()).rejects.toThrow('lost');
});

test('whoever stops ends the source', async () => {
  const events: string[] = [];
  function* source(): Generator<string> {
    try {
      yield 'a';
      yield 'b';
      yield 'c';
    } finally {
      events.push('ended');
    }
  }
  for await (const name of beginAhead(source(), { most: 1 }, async (one) => one)) {
    events.push(name);
    if (name === 'b') break;
  }
  expect(events).toEqual(['a', 'b', 'ended']);
});

test('whoever stops does not wait for a source that gives nothing', async () => {
  async function* source(): AsyncGenerator<string> {
    yield 'a';
    await new Promise(() => undefined);
  }
  const names: string[] = [];
  for await (const name of beginAhead(source(), { most: 8 }, async (one) => one)) {
    names.push(name);
    break;
  }
  expect(names).toEqual(['a']);
});

test('what is begun weighs no more than is said, but for one that is heavy by itself', async () => {
  const begun = new Begun();
  const weight = { limit: 3, of: (name: string) => name.length };
  const results = beginAhead(['aaaaa', 'bb', 'cc', 'd'], { most: 10, weight }, begun.begin);
  const first = results.next();
  await ready();
  expect(begun.names).toEqual(['aaaaa']);
  begun.end('aaaaa');
  await first;
  const second = results.next();
  await ready();
  expect(begun.names).toEqual(['aaaaa', 'bb', 'cc']);
  begun.end('bb', 'cc');
  await second;
  await results.return();
});
