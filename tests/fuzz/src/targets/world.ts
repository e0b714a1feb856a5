/** The world of `messages.json`, as stores know it. */
import {
  canDecrypt,
  learnIdentity,
  MemoryStore,
  type Change,
  type Document,
  type ID,
  type KeyRing,
  type Meta,
} from 'dimp';
import { equalBytes } from 'dimp/internal';
import { isMap, type JsonValue } from '../json-tree.ts';
import { dim } from './context.ts';
import { readVectors } from './vectors.ts';

/** What is known of an ID: `meta`, `documents`, `private`, `members`. */
export type Entity = { readonly [name: string]: JsonValue };

/** Everybody in it, by ID. */
export const world = readVectors('messages')['world'] as { readonly [id: string]: Entity };

/** Who reads: one with the keys of one device, one with several, one by an identity key alone. */
export const READERS: readonly string[] = Object.keys(world).filter((id) => world[id]?.['private'] !== undefined);

/** Some ten minutes after everything in it was written, in seconds since 1970. */
export const NOW = 1_795_356_600;

const clock = (): number => NOW;

/** What makes a new store know some of these IDs; with their documents, unless others are given. */
export async function changesFor(
  known: readonly string[],
  documentsOf: (id: string) => readonly JsonValue[] = (id) => listOf(world[id]?.['documents']),
): Promise<readonly Change[]> {
  const store = new MemoryStore();
  const all: Change[] = [];
  for (const text of known) {
    const entity = world[text] ?? {};
    const id = dim.ID.parse(text);
    const meta = dim.Meta.parse(entity['meta']);
    const documents = documentsOf(text).map((item): Document => dim.Document.parse(item));
    const learned = await learnIdentity(dim, store, { id, meta, documents }, { clock });
    if (learned.value.documents.some((outcome) => outcome !== 'kept')) throw new Error(`${text} is not kept`);
    const changes = [...learned.changes, ...ownChanges(id, entity, meta)];
    store.commit(changes);
    all.push(...changes);
  }
  return all;
}

/** A store with these changes, and with nothing that an earlier input left. */
export function storeWith(changes: readonly Change[]): MemoryStore {
  const store = new MemoryStore();
  store.commit(changes);
  return store;
}

function ownChanges(id: ID, entity: Entity, meta: Meta): readonly Change[] {
  const contact: Change = { do: 'add-contact', id };
  const members = listOf(entity['members']).map((member) => dim.ID.parse(member));
  if (entity['private'] === undefined) return [contact, { do: 'set-members', group: id, members }];
  return [contact, { do: 'keep-keys', id, keys: keysOf(entity, meta) }];
}

function keysOf(entity: Entity, { publicKey }: Meta): KeyRing {
  const keys = listOf(entity['private']).map((key) => dim.PrivateKey.parse(key));
  const identity = keys.find((key) => equalBytes(key.publicKey.data, publicKey.data));
  return { identity, decrypt: keys.filter((key) => canDecrypt(key)).map((key) => ({ key })) };
}

/** A list in a tree; empty where there is none. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

/** A map in a tree; empty where there is none. */
export function mapOf(value: JsonValue | undefined): Entity {
  return value !== undefined && isMap(value) ? value : {};
}
