/** Whatever happens on the way, each message is read once, and in order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { MemoryClientStore } from 'dimsdk';
import type { NetworkFaults } from 'dimtestkit/network';
import { byForm, seedOfStory } from '../form.ts';
import { clockOf, device, inOrder, network, person, texts, until } from '../world.ts';

const COUNT = byForm(10, 20, 40);

const FAULTS: Readonly<Record<string, NetworkFaults>> = {
  nothing: {},
  delays: { delay: [0.01, 3] },
  cuts: { cutRate: 0.03, delay: [0, 0.5], unnoticed: [0, 30] },
  duplicates: { duplicateRate: 0.3, delay: [0, 1] },
  reordering: { reorderRate: 0.3, delay: [0, 1] },
  restarts: { restartRate: 0.02, refuseRate: 0.3 },
  silence: { silenceRate: 0.003 },
  everything: {
    delay: [0, 2],
    cutRate: 0.03,
    duplicateRate: 0.1,
    reorderRate: 0.1,
    restartRate: 0.01,
    refuseRate: 0.2,
    silenceRate: 0.001,
    unnoticed: [0, 20],
  },
};

for (const [name, faults] of Object.entries(FAULTS)) {
  test(`both sides read each message once, in order: ${name}`, { timeout: 120_000 }, async () => {
    const seed = seedOfStory();
    const net = await network({ seed, faults });
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const stores = { alice: new MemoryClientStore(), bob: new MemoryClientStore() };
    const random = (): number => 0.5;
    let a = await device(net, alice, { store: stores.alice, pauses: { random } });
    const b = await device(net, bob, { store: stores.bob, pauses: { random } });
    const sent = Array.from({ length: COUNT }, (_, index) => String(index));
    for (const text of sent) {
      const time = net.clock.now();
      await a.send(TextContent.create(text, { time }), bob.id);
      await b.send(TextContent.create(text, { time }), alice.id);
      await clockOf(net).advance(1);
      // A device that is switched off and on again knows all that it had promised.
      if (Number(text) % 10 === 9) {
        await a.close();
        a = await device(net, alice, { store: stores.alice, pauses: { random } });
      }
    }
    const wanted = sent.length;
    await until(
      net,
      async () => {
        const [atAlice, atBob] = [await b.deliveries(), await a.deliveries()];
        return atAlice.length === 0 && atBob.length === 0;
      },
      'all is delivered',
    );
    for (const messages of [await inOrder(a, bob), await inOrder(b, alice)]) {
      const came = messages.filter(({ isOwn }) => !isOwn);
      const read = came.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
      assert.equal(read.length, wanted, `each once (seed ${seed})`);
      assert.deepEqual(read, sent, `in order of their times (seed ${seed})`);
    }
    assert.equal((await texts(a, bob)).length, 2 * wanted);
    await a.close();
    await b.close();
  });
}
