/** Who talks in the tests of the network. Keys take time: they are made once. */
import { readFileSync } from 'node:fs';
import { createDim, EntityType, stationPlugin, type Dim, type User } from 'dimp';
import { decodeBase64 } from 'dimp/extend';
import { platformBackend, standardPlugin, type Backend } from 'dimplugins';
import { portableBackend } from 'dimplugins/backends/portable';

/** Making RSA keys would take most of the time. */
const { keys } = JSON.parse(readFileSync(new URL('../../../dimp/test/rsa-keys.json', import.meta.url), 'utf8')) as {
  keys: string[];
};

function ready(backend: Backend): Backend {
  const generate = (bits: number): ReturnType<Backend['rsa']['generate']> => {
    const key = bits === 2048 ? keys.shift() : undefined;
    return key === undefined ? backend.rsa.generate(bits) : decodeBase64(key);
  };
  return { ...backend, rsa: { ...backend.rsa, generate } };
}

function make(backend: Backend) {
  return createDim({ plugins: [standardPlugin({ backend: ready(backend) }), stationPlugin], wireShape: 'deployed' });
}

export const dim = make(platformBackend);

/** Signs in this thread, so that each run is the same. RSA of the platform does so too, and is many times faster. */
export const steadyDim = make({ ...portableBackend, rsa: platformBackend.rsa });

export interface People {
  readonly alice: User;
  readonly bob: User;
  /** With a phone and a tablet. */
  readonly carol: User;
  readonly station: User;
}

const known = new Map<Dim, Promise<People>>();

/** The same ones each time. */
export async function makePeople(by: Dim = dim): Promise<People> {
  const people = known.get(by) ?? makeAll(by);
  known.set(by, people);
  return people;
}

async function makeAll(by: Dim): Promise<People> {
  const [alice, bob, carol, station] = await Promise.all([
    by.createUser({ name: 'Alice' }),
    by.createUser({ name: 'Bob' }),
    by.createUser({ name: 'Carol', terminals: ['phone', 'tablet'] }),
    by.createUser({ name: 'Station', seed: 'test-station', type: EntityType.STATION }),
  ]);
  return { alice, bob, carol, station };
}
