/** Loads are counted as they came: what is lost on the way, and what comes twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from 'dimsdk';
import { listen, type Link } from 'dimstation';
import { person } from '../world.ts';
import { passOn, prepareLoad, type Way } from './traffic.ts';

const EACH = 12;
/** Longer than a busy machine stands still. */
const LOST_MS = 4000;

/** Passes frames from one link to the other, each as often as is said. */
async function relay(
  copiesOf: (frame: number) => number,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const links: Link[] = [];
  let frames = 0;
  const listener = await listen({
    accept: (link) => {
      links.push(link);
      return {
        receive: (bytes, acknowledge) => {
          acknowledge();
          for (let copies = copiesOf(frames++); copies > 0; copies--)
            for (const other of links)
              if (other !== link) other.send({ bytes, signature: '', acknowledged: () => undefined });
        },
        drained: () => undefined,
        ended: () => undefined,
      };
    },
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
  });
  return { port: listener.port, close: async () => listener.close({ graceSeconds: 0 }) };
}

async function counted(copiesOf: (frame: number) => number, window?: number): Promise<readonly number[]> {
  const load = await prepareLoad([person('P0'), person('P1')], EACH);
  const { port, close } = await relay(copiesOf);
  try {
    // A link begins with its first bytes.
    const begin: Way['begin'] = async ({ connection }) => connection.send(new TextEncoder().encode('hello'));
    const way: Way = { port, begin, cpu: async () => Promise.resolve(undefined), lostMs: LOST_MS };
    const passed = await passOn(load, window === undefined ? way : { ...way, window });
    assert.ok(passed.rate > 0 && passed.p99 > 0);
    return [passed.delivered, passed.lost, passed.doubled];
  } finally {
    await close();
  }
}

await test('what comes once is delivered, also when one is sent at a time', async () => {
  assert.deepEqual(await counted(() => 1), [2 * EACH, 0, 0]);
  assert.deepEqual(await counted(() => 1, 1), [2 * EACH, 0, 0]);
});

await test('what does not come is lost, and what comes again is doubled', async () => {
  // The first two frames are greetings.
  const copies = new Map([
    [4, 0],
    [7, 0],
    [11, 2],
  ]);
  assert.deepEqual(await counted((frame) => copies.get(frame) ?? 1), [2 * EACH - 2, 2, 1]);
});
