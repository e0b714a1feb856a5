/** What all processes of a run work on, as it goes over the wire: made once, since making it would compile what is measured. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TextContent, type User } from 'dimp';
import { nativeBackend } from 'dimplugins/backends/native';
import { FIRST_RUNS } from '../measuring/turns.ts';
import { makePeople, makeUser, sideOf, storeOf, wire } from './people.ts';

/** A user on the wire. */
export interface WireUser {
  readonly id: string;
  readonly meta: object;
  readonly visa: object;
  readonly identity: object;
  readonly decrypt: object;
}

/** People, and what Alice wrote to Bob. */
export interface Fixtures {
  /** With RSA keys. */
  readonly alice: WireUser;
  readonly bob: WireUser;
  /** With an identity key of ECC. */
  readonly carol: WireUser;
  /** Members of groups, with RSA keys. */
  readonly members: readonly WireUser[];
  /** Private keys of ECC. */
  readonly keys: readonly object[];
  /** Packages, each with a key of its own. */
  readonly messages: readonly string[];
  /** A package with a key, and those that reuse it. */
  readonly first: string;
  readonly reused: readonly string[];
}

export const TEXT = 'Hello, world!';

/** Writes them to a file that is gone when the process ends. @returns its path */
export async function writeFixtures(members: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'dim-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'fixtures.json');
  writeFileSync(path, JSON.stringify(await makeFixtures(members)));
  return path;
}

/** Those of a file. */
export function readFixtures(path: string): Fixtures {
  return JSON.parse(readFileSync(path, 'utf8')) as Fixtures;
}

async function makeFixtures(members: number): Promise<Fixtures> {
  const { dim } = sideOf('fixtures', nativeBackend);
  const [alice, bob, carol] = await Promise.all([
    makeUser(dim, 'alice'),
    makeUser(dim, 'bob'),
    dim.createUser({ name: 'Carol', seed: 'carol' }),
  ]);
  const atAlice = dim.messenger({ self: alice.id, store: await storeOf(dim, alice, [bob]) });
  const pack = async (reuseKey: boolean): Promise<Uint8Array> =>
    atAlice.pack(TextContent.create(TEXT), bob.id, { reuseKey });
  const messages: string[] = [];
  for (let count = 0; count < FIRST_RUNS; count++) messages.push(textOf(await pack(false)));
  const first = await pack(true);
  await atAlice.handedOver(first);
  const reused: string[] = [];
  for (let count = 0; count < FIRST_RUNS; count++) reused.push(textOf(await pack(true)));
  const keys = await Promise.all(Array.from({ length: 16 }, async () => dim.PrivateKey.generate('ECC')));
  return {
    alice: wireUser(alice),
    bob: wireUser(bob),
    carol: wireUser(carol),
    members: (await makePeople(dim, members)).map(wireUser),
    keys: keys.map(wire),
    messages,
    first: textOf(first),
    reused,
  };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** A user as everybody reads it. */
export function wireUser({ id, meta, visas: [visa], keys }: User): WireUser {
  const decrypt = keys.decrypt[0]?.key;
  if (visa === undefined || decrypt === undefined) throw new Error('a user has a visa and its key');
  return {
    id: id.toString(),
    meta: wire(meta),
    visa: wire(visa),
    identity: wire(keys.identity),
    decrypt: wire(decrypt),
  };
}
