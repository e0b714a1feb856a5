/** IDs, metas and visas. */
import { hash, randomBytes, verify } from 'node:crypto';
import { verifyDocument, verifyMeta, type PrivateKey, type User } from 'dimp';
import { bitcoinStyleAddress, ethereumStyleAddress } from 'dimplugins';
import type { Contender } from '../compare.ts';
import { BOUND, PRIMITIVE, thriceTheSdk, type Row } from '../row.ts';
import { makeUser, publicKeyObject, wire, type Side } from '../world.ts';

/** More than any cache holds. */
const DISTINCT = 20_000;

export async function identityRows(sides: readonly Side[]): Promise<readonly Row[]> {
  const [main] = sides;
  if (main === undefined) return [];
  const { dim } = main;
  const rsa = await makeUser(dim, 'alice');
  const ecc = await dim.createUser({ name: 'Bob', seed: 'bob' });
  const keys = await Promise.all(Array.from({ length: 16 }, async () => dim.PrivateKey.generate('ECC')));
  return [
    idRow(sides, 'BTC', { perSecond: 100_000, ofPython: 4 }),
    idRow(sides, 'ETH', { perSecond: 400_000, ofPython: 4 }),
    {
      name: 'ID parse, cached',
      target: { perSecond: 5_000_000, ofPython: 10 },
      python: { operation: 'parse_id', input: [ID_TEXT] },
      floor: 2,
      note: PRIMITIVE,
      contenders: async () => [
        ...sides.map((side) => ({ name: side.name, run: () => side.dim.ID.parse(ID_TEXT) })),
        primitive(),
      ],
    },
    metaRow(sides, 'RSA', rsa),
    metaRow(sides, 'ECC', ecc),
    visaRow(sides, 'RSA', rsa),
    visaRow(sides, 'ECC', ecc),
    generateRow(sides, 'ETH', keys),
    generateRow(sides, 'BTC', keys),
  ];
}

function primitive(): Contender {
  const bytes = randomBytes(64);
  return { name: BOUND, run: () => hash('sha256', bytes) };
}

const ID_TEXT = 'hulk@126LCHc9Qcvp928puqyS3dphrDNrN4GzTc';

/** Texts that no cache knows yet. */
function idRow(sides: readonly Side[], style: 'BTC' | 'ETH', target: Row['target'] & object): Row {
  const addressOf = () =>
    style === 'ETH'
      ? ethereumStyleAddress(new Uint8Array(randomBytes(64)))
      : bitcoinStyleAddress(new Uint8Array(randomBytes(64)), 0);
  const texts = Array.from({ length: DISTINCT }, () => addressOf().text);
  return {
    name: `ID parse, uncached, ${style}`,
    target,
    floor: style === 'BTC' ? 0.02 : 0.01,
    python: { operation: 'parse_id', input: texts },
    note: PRIMITIVE,
    contenders: async () => [
      ...sides.map(({ name, dim }) => {
        let next = 0;
        return { name, run: () => dim.ID.parse(texts[next++ % DISTINCT]) };
      }),
      primitive(),
    ],
  };
}

function metaRow(sides: readonly Side[], algorithm: string, user: User): Row {
  const map = wire(user.meta);
  const key = publicKeyObject(user.meta.publicKey);
  const seed = Buffer.from(user.meta.seed ?? '');
  const fingerprint = Buffer.from(user.meta.fingerprint ?? []);
  return {
    name: `meta parse and verify, ${algorithm}`,
    target: { ofBound: 0.8 },
    portableTarget: algorithm === 'RSA' ? thriceTheSdk(2045, 42_000) : thriceTheSdk(18, 1150),
    python: { operation: 'verify_meta', input: map },
    note: 'bound: one signature verified with a key that was read before',
    contenders: async () => [
      ...sides.map(({ name, dim }) => ({ name, run: () => verifyMeta(dim.Meta.parse(map), user.id) })),
      { name: BOUND, run: () => verify('sha256', seed, key, fingerprint) },
    ],
  };
}

function visaRow(sides: readonly Side[], algorithm: string, user: User): Row {
  const map = wire(user.visas[0]);
  const key = publicKeyObject(user.meta.publicKey);
  const data = Buffer.from(user.visas[0]?.data ?? '');
  const signature = Buffer.from(user.visas[0]?.signature ?? []);
  return {
    name: `visa parse and verify, ${algorithm}`,
    target: { ofBound: 0.8 },
    note: 'bound: one signature verified with a key that was read before',
    contenders: async () => {
      const contenders: Contender[] = [];
      for (const { name, dim } of sides) {
        const owner = await verifyMeta(dim.Meta.parse(wire(user.meta)), user.id);
        if (!owner) throw new Error('the meta of a user verifies');
        contenders.push({ name, run: () => verifyDocument(dim.Document.parse(map), owner) });
      }
      return [...contenders, { name: BOUND, run: () => verify('sha256', data, key, signature) }];
    },
  };
}

function generateRow(sides: readonly Side[], type: 'ETH' | 'BTC', keys: readonly PrivateKey[]): Row {
  return {
    name: `meta and ID from a key, ${type}`,
    target: type === 'ETH' ? { perSecond: 87_600 } : { perSecond: 17_400 },
    python: { operation: 'generate', input: type === 'ETH' ? '4' : '2' },
    floor: 0.002,
    note: PRIMITIVE,
    contenders: async () => [
      ...sides.map(({ name, dim }) => {
        const own = keys.map((key) => dim.PrivateKey.parse(wire(key)));
        let next = 0;
        const run = async () => {
          const privateKey = own[next++ % own.length];
          return privateKey && (await dim.Meta.generate({ type, privateKey })).id();
        };
        return { name, run };
      }),
      primitive(),
    ],
  };
}
