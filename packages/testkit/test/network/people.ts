/** Who talks in the tests of the network. Keys take time: they are made once. */
import { readFileSync } from 'node:fs';
import { createDim, EntityType, stationPlugin, type User } from 'dimp';
import { decodeBase64 } from 'dimp/extend';
import { platformBackend, standardPlugin, type Backend } from 'dimplugins';
import { portableBackend } from 'dimplugins/backends/portable';

/** Making RSA keys would take most of the time. */
const { keys } = JSON.parse(readFileSync(new URL('../../../dimp/test/rsa-keys.json', import.meta.url), 'utf8')) as {
  keys: string[];
};

/** Signs in this thread, so that each run is the same. RSA of the platform does so too, and is many times faster. */
const backend: Backend = {
  ...portableBackend,
  rsa: {
    ...platformBackend.rsa,
    generate: (bits) => {
      const key = keys.shift();
      return key === undefined ? platformBackend.rsa.generate(bits) : decodeBase64(key);
    },
  },
};

export const dim = createDim({
  plugins: [standardPlugin({ backend }), stationPlugin],
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
