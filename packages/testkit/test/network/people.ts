/** Who talks in the tests of the network. Keys take time: they are made once. */
import { createDim, EntityType, stationPlugin, type User } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { portableBackend } from 'dimplugins/backends/portable';

/** Everything in one thread, so that each run is the same. */
export const dim = createDim({
  plugins: [standardPlugin({ backend: portableBackend }), stationPlugin],
  wireShape: 'deployed',
});

export interface People {
  readonly alice: User;
  readonly bob: User;
  /** With a phone and a tablet. */
  readonly carol: User;
  readonly station: User;
}

let people: Promise<People> | undefined;

export async function makePeople(): Promise<People> {
  people ??= make();
  return people;
}

async function make(): Promise<People> {
  const [alice, bob, carol, station] = await Promise.all([
    dim.createUser({ name: 'Alice' }),
    dim.createUser({ name: 'Bob' }),
    dim.createUser({ name: 'Carol', terminals: ['phone', 'tablet'] }),
    dim.createUser({ name: 'Station', seed: 'test-station', type: EntityType.STATION }),
  ]);
  return { alice, bob, carol, station };
}
