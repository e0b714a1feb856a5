/** What is learned of somebody while that one logs in is kept, and so is the login. */
import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createDim, EntityType, stationPlugin } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { silentLogger, systemClock } from 'dimsdk';
import { Directory } from '../../src/directory/directory.ts';
import { memoryEngine, type Records } from '../../src/index.ts';

const dim = createDim({ plugins: [standardPlugin(), stationPlugin], wireShape: 'deployed' });

test('a login and a visa at once', async () => {
  const self = (await dim.createUser({ name: 'Station', seed: 'station', type: EntityType.STATION })).id;
  const user = await dim.createUser({ name: 'Alice', terminals: ['phone', 'desk'] });
  const kept = memoryEngine().records;
  // A disk takes its time, in which more is asked of it.
  const records: Records = {
    read: async (...key) => kept.read(...key),
    list: async (...range) => kept.list(...range),
    count: async (table) => kept.count(table),
    oldest: async (...old) => kept.oldest(...old),
    prune: async (...old) => kept.prune(...old),
    write: async (changes) => {
      for (let turn = 0; turn < 3000; turn++) await setImmediate();
      await kept.write(changes);
    },
  };
  const directory = new Directory({ dim, self, records, clock: systemClock, logger: silentLogger, users: 10 });
  const writer = dim.messenger({ self, store: directory });
  const [phone, desk] = user.visas;
  if (phone === undefined || desk === undefined) throw new Error('it has no visas');
  await writer.learn({ ...user, documents: [phone] });
  await Promise.all([directory.hasLoggedIn(user.id), writer.learn({ ...user, documents: [desk] })]);
  const again = new Directory({ dim, self, records, clock: systemClock, logger: silentLogger, users: 10 });
  for (const one of [directory, again]) {
    expect([...(await one.terminalsOf(user.id))].sort()).toEqual(['desk', 'phone']);
    expect(await one.isUser(user.id)).toBe(true);
  }
});

test('documents are told with the oldest first, in whatever order they came', async () => {
  const self = (await dim.createUser({ name: 'Station', seed: 'station', type: EntityType.STATION })).id;
  const user = await dim.createUser({ name: 'Alice' });
  const visas = await Promise.all(
    ['phone', 'desk', 'tablet'].map(async (terminal, index) =>
      dim.Document.create({
        type: 'visa',
        did: user.id.at(terminal),
        properties: { name: 'Alice', key: user.visas[0]?.encryptKey },
      }).sign(user.keys.identity, { time: 1_700_000_000 + index }),
    ),
  );
  const { records } = memoryEngine();
  const options = { dim, self, records, clock: systemClock, logger: silentLogger, users: 10 };
  const directory = new Directory(options);
  const writer = dim.messenger({ self, store: directory });
  for (const index of [1, 2, 0]) await writer.learn({ ...user, documents: visas.slice(index, index + 1) });
  for (const one of [directory, new Directory(options)])
    expect((await one.visasOf(user.id)).map(({ terminal }) => terminal)).toEqual(['phone', 'desk', 'tablet']);
});
