/** Found by attack: a store that fails at each commit in turn, before or after it has kept it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError, TextContent } from 'dimp';
import { MemoryClientStore, type ClientStore } from 'dimsdk';
import { byForm } from '../form.ts';
import { device, network, person, texts } from '../world.ts';
import { pass } from './enemy.ts';

type When = 'before' | 'after';

/** A store whose nth commit from now on fails. */
function failingOnce(store: MemoryClientStore): {
  store: ClientStore;
  arm: (nth: number, when: When) => void;
  commits: () => number;
} {
  let [count, nth, when] = [0, -1, 'before' as When];
  const proxy = new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        if (name !== 'commit') return (value as (...given: unknown[]) => unknown).apply(target, args);
        const isIt = ++count === nth;
        if (isIt && when === 'before') throw new DimError('STORE_FAILED', 'the disk failed');
        (value as (...given: unknown[]) => unknown).apply(target, args);
        if (isIt) throw new DimError('STORE_FAILED', 'the disk failed after that');
        return undefined;
      };
    },
  });
  return {
    store: proxy,
    commits: () => count,
    arm: (one, moment) => {
      [count, nth, when] = [0, one, moment];
    },
  };
}

const COUNT = 6;

/** Each commit before and after it was kept in the full form; else in turn, as one is nearly the other at the next commit. */
const STEP = byForm(2, 2, 1);

for (const when of ['before', 'after'] as const) {
  test(
    `all is read, told and delivered though one commit fails ${when} it was kept`,
    { timeout: 280_000 },
    async () => {
      const found: string[] = [];
      for (let nth = when === 'before' ? 1 : STEP; nth <= 24; nth += STEP) {
        const net = await network({ seed: nth });
        const [alice, bob] = [await person('Alice'), await person('Bob')];
        const disk = failingOnce(new MemoryClientStore());
        const [a, b] = [await device(net, alice), await device(net, bob, { store: disk.store })];
        const heard = new Set<string>();
        b.on('received', 'text', ({ content }) => heard.add(content.text));
        await pass(net, 10, 5);
        disk.arm(nth, when);
        let thrown = 0;
        for (let index = 0; index < COUNT; index++) {
          await a.send(TextContent.create(`to ${index}`), bob.id);
          try {
            await b.send(TextContent.create(`from ${index}`), alice.id);
          } catch {
            thrown++;
          }
          await pass(net, 2, 2);
        }
        await pass(net, 3600, 60);
        const [atBob, atAlice] = [await texts(b, alice), await texts(a, bob)];
        const toBob = atBob.filter((text) => text.startsWith('to')).length;
        const fromBob = atAlice.filter((text) => text.startsWith('from')).length;
        const [open, openOfA] = [(await b.deliveries()).length, (await a.deliveries()).length];
        const wantedFromBob = when === 'before' ? COUNT - thrown : COUNT;
        const isWell =
          toBob === COUNT && heard.size === COUNT && fromBob === wantedFromBob && open === 0 && openOfA === 0;
        if (!isWell)
          found.push(
            `commit ${nth} of ${disk.commits()}: kept ${toBob}, told ${heard.size}, came to Alice ${fromBob} of ${wantedFromBob}, open ${open}, Alice's open ${openOfA}, arrivals ${await disk.store.count('arrival', '')}, drafts ${String(await disk.store.partitions('draft'))}`,
          );
        await a.close();
        await b.close();
      }
      assert.deepEqual(found, []);
    },
  );
}
