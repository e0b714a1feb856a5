/** IDs, metas and visas. */
import { hash, randomBytes, verify } from 'node:crypto';
import { verifyDocument, verifyMeta } from 'dimp';
import { bitcoinStyleAddress, ethereumStyleAddress } from 'dimplugins';
import { verifyMetaFairly, verifyVisaFairly } from '../by-hand/fair.ts';
import type { Contender } from '../measuring/turns.ts';
import type { Fixtures, WireUser } from '../people/fixtures.ts';
import { publicKeyObject, readUser } from '../people/people.ts';
import { BARE, BOUND, PRIMITIVE, thriceTheSdk, type Row, type Target } from './row.ts';

/** More than any cache holds. */
const DISTINCT = 20_000;

type Style = 'BTC' | 'ETH';
type Algorithm = 'RSA' | 'ECC';

export function identityRows(): readonly Row[] {
  return [
    idRow('BTC', { perSecond: 100_000, ofPython: 4 }),
    idRow('ETH', { perSecond: 400_000, ofPython: 4 }),
    {
      name: 'ID parse, cached',
      target: { perSecond: 5_000_000, ofPython: 10 },
      python: () => ({ operation: 'parse_id', input: [ID_TEXT] }),
      floor: 1,
      note: PRIMITIVE,
      contenders: async ({ name, dim }) => [{ name, run: () => dim.ID.parse(ID_TEXT) }, primitive()],
    },
    metaRow('RSA'),
    metaRow('ECC'),
    visaRow('RSA'),
    visaRow('ECC'),
    generateRow('ETH', GENERATED_ETH),
    generateRow('BTC', { perSecond: 17_400, ofPython: 4 }),
  ];
}

/** Three times what it was when its digest was in JavaScript: 0.0165 of the bound on Node 20, and 0.019 on newer ones. */
const GENERATED_ETH: Target = { ofBound: { onNode20: 0.05, newer: 0.057 } };

function primitive(): Contender {
  const bytes = randomBytes(64);
  return { name: BOUND, run: () => hash('sha256', bytes) };
}

const ID_TEXT = 'hulk@126LCHc9Qcvp928puqyS3dphrDNrN4GzTc';

/** Texts that no cache knows yet. */
function idRow(style: Style, target: Target): Row {
  let made: readonly string[] | undefined;
  const texts = (): readonly string[] => (made ??= Array.from({ length: DISTINCT }, () => addressText(style)));
  return {
    name: `ID parse, uncached, ${style}`,
    target,
    floor: style === 'BTC' ? 0.04 : 0.06,
    python: () => ({ operation: 'parse_id', input: texts() }),
    note: PRIMITIVE,
    contenders: async ({ name, dim }) => {
      const known = texts();
      let next = 0;
      return [{ name, run: () => dim.ID.parse(known[next++ % DISTINCT]) }, primitive()];
    },
  };
}

function addressText(style: Style): string {
  const key = new Uint8Array(randomBytes(64));
  return (style === 'ETH' ? ethereumStyleAddress(key) : bitcoinStyleAddress(key, 0)).text;
}

function userWith({ alice, carol }: Fixtures, algorithm: Algorithm): WireUser {
  return algorithm === 'RSA' ? alice : carol;
}

function metaRow(algorithm: Algorithm): Row {
  return {
    name: `meta parse and verify, ${algorithm}`,
    target: { ofBound: 0.8 },
    portableTarget: algorithm === 'RSA' ? thriceTheSdk(2045, 42_000) : thriceTheSdk(18, 1150),
    python: (fixtures) => ({ operation: 'verify_meta', input: userWith(fixtures, algorithm).meta }),
    contenders: async ({ name, dim }, fixtures) => {
      const wireUser = userWith(fixtures, algorithm);
      const { id } = readUser(dim, wireUser);
      const map = wireUser.meta as WireMeta;
      const key = publicKeyObject(map.key);
      const keys = new Map([[map.key.data, key]]);
      const [seed, fingerprint] = [Buffer.from(map.seed), Buffer.from(map.fingerprint, 'base64')];
      if (!verifyMetaFairly(map, keys, id.address.text)) throw new Error('the meta of a user verifies');
      return [
        { name, run: () => verifyMeta(dim.Meta.parse(map), id) },
        { name: BOUND, run: () => verifyMetaFairly(map, keys, id.address.text) },
        { name: BARE, run: () => verify('sha256', seed, key, fingerprint) },
      ];
    },
  };
}

interface WireMeta {
  readonly key: { readonly data: string };
  readonly seed: string;
  readonly fingerprint: string;
}

function visaRow(algorithm: Algorithm): Row {
  return {
    name: `visa parse and verify, ${algorithm}`,
    target: { ofBound: 0.8 },
    contenders: async ({ name, dim }, fixtures) => {
      const wireUser = userWith(fixtures, algorithm);
      const { id, meta } = readUser(dim, wireUser);
      const map = wireUser.visa as WireVisa;
      const key = publicKeyObject((wireUser.meta as WireMeta).key);
      const [data, signature] = [Buffer.from(map.data), Buffer.from(map.signature, 'base64')];
      const owner = await verifyMeta(meta, id);
      const ids = new Set([wireUser.id]);
      if (!owner || !verifyVisaFairly(map, key, ids)) throw new Error('the visa of a user verifies');
      return [
        { name, run: () => verifyDocument(dim.Document.parse(map), owner) },
        { name: BOUND, run: () => verifyVisaFairly(map, key, ids) },
        { name: BARE, run: () => verify('sha256', data, key, signature) },
      ];
    },
  };
}

interface WireVisa {
  readonly data: string;
  readonly signature: string;
}

function generateRow(type: Style, target: Target): Row {
  return {
    name: `meta and ID from a key, ${type}`,
    target,
    python: () => ({ operation: 'generate', input: type === 'ETH' ? '4' : '2' }),
    floor: type === 'ETH' ? 0.02 : 0.006,
    note: PRIMITIVE,
    contenders: async ({ name, dim }, { keys }) => {
      const own = keys.map((key) => dim.PrivateKey.parse(key));
      let next = 0;
      const run = async () => {
        const privateKey = own[next++ % own.length];
        return privateKey && (await dim.Meta.generate({ type, privateKey })).id();
      };
      return [{ name, run }, primitive()];
    },
  };
}
