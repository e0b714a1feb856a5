/** Identities: IDs, addresses, metas and documents, of any JSON value. */
import {
  Bulletin,
  DimError,
  EntityType,
  isGroupType,
  Visa,
  type Address,
  type Document,
  type ID,
  type Meta,
} from 'dimp';
import { fieldOf } from 'dimp/extend';
import { decodeBase58Check, encodeBase58Check } from 'dimplugins/coding';
import { expect } from '../finding.ts';
import { attempt, attemptAsync, checkGlobals, checkUnchanged, type Outcome } from '../invariants.ts';
import { readTree, type JsonValue } from '../json-tree.ts';
import type { Target } from '../target.ts';
import { again, dim } from './context.ts';
import { casesOf, inputsOf } from './vectors.ts';

const metas = casesOf('metas');
const documents = casesOf('documents');

/** What the holders of the keys did sign. Nothing else may verify: nobody here has their private keys. */
const SIGNED_SEEDS = new Set(
  metas
    // Those signed a seed, in metas of types that must have none.
    .filter((item) => isValid(item) || item['why'] === 'a meta without a name must carry no seed and no fingerprint')
    .map(({ meta }) => (meta as { seed?: JsonValue }).seed),
);
const SIGNED_TEXTS = new Set(
  documents
    .filter(({ why }) => why !== 'data changed after signing')
    .map(({ document }) => (document as { data: JsonValue }).data),
);
const SIGNERS = casesOf('asymmetric-keys').map((item) => dim.PublicKey.parse(item['public']));

export const target: Target = {
  name: 'identities',
  isJson: true,
  seeds: [
    ...inputsOf(casesOf('ids').map(({ id }) => id)),
    ...inputsOf(casesOf('addresses').map(({ address }) => address)),
    ...inputsOf(metas.map(({ meta }) => meta)),
    ...inputsOf(documents.map(({ document }) => document)),
  ],
  async run(input) {
    const value = readTree(input);
    if (value === undefined) return;
    const text = JSON.stringify(value);
    const id = attempt(() => dim.ID.parse(value));
    if (id.ok) checkId(id.value, value);
    const address = attempt(() => dim.Address.parse(value));
    if (address.ok) checkAddress(address.value, value);
    const meta = attempt(() => dim.Meta.parse(value));
    if (meta.ok) await checkMeta(meta.value, text);
    const document = attempt(() => dim.Document.parse(value));
    if (document.ok) await checkDocument(document.value, text);
    checkUnchanged(value, text);
    checkGlobals();
  },
};

function checkId(id: ID, value: unknown): void {
  const text = id.toString();
  expect(text === value, 'an ID is not written as it was read', () => text);
  expect(text.length <= dim.limits.idLength, 'an ID is longer than the limit');
  const copy = again.ID.parse(text);
  expect(copy.equals(id) && id.equals(copy) && copy.toString() === text, 'an ID read again is another');
  expect(copy.entityKey === id.entityKey, 'one ID has two keys');
  for (const part of [id.name, id.terminal]) {
    expect(
      part === undefined || /^[^@/\s\p{Z}\p{Cc}\p{Cf}\p{Cs}]+$/u.test(part),
      'a part of an ID has a separator',
      () => text,
    );
  }
  for (const elsewhere of [id.at('elsewhere'), id.entity]) {
    expect(elsewhere.equals(id) && elsewhere.entityKey === id.entityKey, 'a terminal makes another entity');
    expect(elsewhere.entity.toString() === id.entity.toString(), 'an entity is written in two ways');
  }
  const other = again.ID.create({ name: `${id.name ?? ''}x`, address: id.address });
  expect(!other.equals(id) && other.entityKey !== id.entityKey, 'another name is the same entity');
  checkAddress(id.address, id.address.text);
}

function checkAddress(address: Address, value: unknown): void {
  const { text, canonical, kind, type } = address;
  expect(text === value, 'an address is not written as it was read');
  for (const spelling of [text, canonical]) {
    const copy = again.Address.parse(spelling);
    expect(
      copy.equals(address) && copy.canonical === canonical && copy.type === type,
      'an address read again is another',
    );
  }
  if (kind === 'BTC') expect(encodeBase58Check(decodeBase58Check(text)) === text, 'an address has two spellings');
  else expect(canonical.toLowerCase() === text.toLowerCase(), 'an address has another canonical spelling');
}

async function checkMeta(meta: Meta, text: string): Promise<void> {
  expect(JSON.stringify(meta) === text, 'a meta is not written as it was read');
  const copy = again.Meta.parse(JSON.parse(text));
  expect(copy.type === meta.type && copy.seed === meta.seed, 'a meta read again is another');
  for (const type of [EntityType.USER, EntityType.GROUP]) {
    const id = addressable(() => meta.id(type));
    if (id === undefined) continue;
    expect(meta.matches(id) && copy.matches(id), 'a meta does not match its own ID');
    expect(isGroupType(id.type) === (type === EntityType.GROUP), 'a meta gives an ID of another type');
    expect(
      !meta.matches(dim.ID.create({ name: `${id.name ?? ''}x`, address: id.address })),
      'a meta matches another name',
    );
  }
  const verified = await attemptAsync(() => meta.verify());
  expect(verified.ok, 'verifying a meta throws');
  expect(
    !verified.value || meta.seed === undefined || SIGNED_SEEDS.has(meta.seed),
    'a seed verifies that nobody signed',
  );
}

/** ETH metas give no groups: the one thing here that the caller is to blame for. */
function addressable(read: () => ID): ID | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DimError && error.code === 'USAGE_ARGUMENT') return undefined;
    throw error;
  }
}

async function checkDocument(document: Document, text: string): Promise<void> {
  const serialized = attempt(() => document.serialize());
  // A lone surrogate can be read in an escape, and not be written.
  expect(
    serialized.ok ? serialized.value === text : /\\ud[89a-f]/.test(text),
    'a document is not written as it was read',
  );
  const copy = again.Document.parse(JSON.parse(text));
  const getters: readonly ((from: Document) => unknown)[] = [
    (from) => from.name,
    (from) => from.time,
    (from) => from.createdTime,
    (from) => from.property('__proto__'),
    (from) => (from instanceof Visa ? [from.terminal, from.avatar?.toJSON(), from.encryptKey?.toJSON()] : undefined),
    (from) => (from instanceof Bulletin ? [from.founder, from.assistants, from.administrators] : undefined),
  ];
  for (const get of getters) {
    expect(
      same(
        attempt(() => get(document)),
        attempt(() => get(copy)),
      ),
      'a document read again is another',
    );
  }
  expect(document.property('__proto__') === fieldOf(document.properties, '__proto__'), 'a property is not an own one');
  if (document.signature === undefined) return;
  for (const key of SIGNERS) {
    const verified = await attemptAsync(() => document.verify(key));
    expect(verified.ok, 'verifying a document throws');
    expect(!verified.value || SIGNED_TEXTS.has(document.data ?? null), 'a text verifies that nobody signed');
  }
}

function same(one: Outcome<unknown>, other: Outcome<unknown>): boolean {
  if (one.ok !== other.ok) return false;
  return !one.ok || !other.ok || written(one.value) === written(other.value);
}

function written(value: unknown): string {
  return JSON.stringify(value ?? null, (_name, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
}

function isValid(item: { readonly [name: string]: JsonValue }): boolean {
  return item['valid'] === true;
}
