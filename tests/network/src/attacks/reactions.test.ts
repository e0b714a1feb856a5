/** Found by attack: handlers that want changes of nothing, or throw what looks like a fault of the store. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError, TextContent, type ID } from 'dimp';
import { defineHandler, type Reaction } from 'dimsdk';
import { device, network, person, texts } from '../world.ts';
import { pass } from './enemy.ts';

/** JavaScript lets all of it through. */
const changing = (change: object): Reaction => ({ changes: [change as never] });

const POISONS: Readonly<Record<string, (sender: ID) => Reaction>> = {
  'a meta that is none': (id) => changing({ do: 'pin-meta', id }),
  'a document that is none': (did) => changing({ do: 'keep-document', document: { did } }),
  'no document': () => changing({ do: 'drop-document' }),
  'no contact': () => changing({ do: 'add-contact' }),
  'members that are none': () => changing({ do: 'set-members', group: 'x', members: 'y' }),
  'members of a user': (group) => changing({ do: 'set-members', group, members: [group] }),
  'keys that are none': (id) => changing({ do: 'keep-keys', id }),
  'a message key without a direction': () => changing({ do: 'keep-message-key', use: 'send', entry: {} }),
  'a message key that is none': (sender) =>
    changing({ do: 'keep-message-key', use: 'send', direction: { sender, destination: sender }, entry: {} }),
  'to forget nobody': () => changing({ do: 'forget', id: 'x' }),
  'a row that is nothing': () => ({ rows: Array.from({ length: 1 }) }),
  'other rows the second time': () => {
    let times = 0;
    return {
      get rows() {
        const row = { table: 'No Table', key: '', partition: '', order: 0, value: {} };
        return times++ === 0 ? [] : [{ do: 'put-row' as const, row }];
      },
    };
  },
};

const THROWING: Readonly<Record<string, () => never>> = {
  'a failed store': () => {
    throw new DimError('STORE_FAILED', 'of the application');
  },
  'a full store': () => {
    throw new DimError('STORE_FULL', 'of the application');
  },
};

for (const isExclusive of [false, true])
  for (const [what, poison] of Object.entries({ ...POISONS, ...THROWING }))
    test(
      `nobody is held up by ${what} (${isExclusive ? 'inside' : 'after'} the commit)`,
      { timeout: 60_000 },
      async () => {
        const net = await network({ seed: 4 });
        const [alice, bob] = [await person('Alice'), await person('Bob')];
        const handler = defineHandler(
          'text',
          ({ content, sender }) => (content.text === 'poison' ? poison(sender) : undefined),
          { isExclusive },
        );
        const [a, b] = [await device(net, alice), await device(net, bob, { handlers: [handler] })];
        const [heard, failed, errors]: [string[], unknown[], unknown[]] = [[], [], []];
        b.on('received', 'text', ({ content }) => heard.push(content.text));
        b.on('handler-failed', ({ error }) => failed.push(error));
        b.on('error', ({ error }) => errors.push(error));
        for (const text of ['before', 'poison', 'after']) {
          await a.send(TextContent.create(text), bob.id);
          await pass(net, 5, 5);
        }
        await pass(net, 60, 10);
        assert.deepEqual(heard, ['before', 'poison', 'after']);
        // Where something else is given the second time, there is no second time.
        assert.equal(failed.length, what === 'other rows the second time' ? 0 : 1);
        assert.deepEqual(errors, []);
        assert.equal(b.connection.is, 'online');
        assert.deepEqual(await texts(b, alice), ['before', 'poison', 'after']);
        await a.close();
        await b.close();
      },
    );
