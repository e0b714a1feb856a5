/** What the network is asked for. */
import { expect, test } from '@jest/globals';
import { MemoryClientStore, silentLogger, systemClock } from '../../src/index.ts';
import { OwnDevice } from '../../src/device/own-device.ts';
import { Directory } from '../../src/directory/directory.ts';
import { alice, bob, dim } from '../people.ts';

const common = { dim, clock: systemClock, logger: silentLogger, messages: {} };
const device = new OwnDevice({ ...common, self: alice.id.at('phone'), store: new MemoryClientStore() });

test('of somebody unknown, meta and documents are asked for, also when the meta comes before the documents are asked for', async () => {
  const asked: string[] = [];
  const directory = new Directory(device, {
    command: async ({ kind }) => {
      asked.push(kind);
      // The transport says that it is there only after the station has answered.
      if (kind === 'meta') directory.learned(bob.id);
      return true;
    },
    askGroup: async () => undefined,
    introduce: async () => undefined,
    begin: (work) => void work(),
  });
  directory.want([{ what: 'meta', id: bob.id }]);
  await directory.ask();
  // What is asked for already is not asked for again at once.
  directory.want([{ what: 'visa', id: bob.id }]);
  await directory.ask();
  expect(asked).toEqual(['meta', 'documents']);
});
