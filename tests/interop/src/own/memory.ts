/** The identities that this side made or learned. */
import {
  DimError,
  EntityType,
  learnIdentity,
  MemoryStore,
  stringifyJson,
  type DecryptKey,
  type Document,
  type ID,
  type JsonMap,
  type Meta,
  type PrivateKey,
} from 'dimp';
import { changeFields, parseJsonMap } from 'dimp/extend';
import { fieldOf } from 'dimp/extend';
import { maps, number, optionalText, text, texts } from '../values.ts';
import { dim } from './dim.ts';

/** A local user's keys: what is taken to a device is the identity key and that terminal's. */
export interface LocalKeys {
  readonly identityKey: PrivateKey;
  /** By terminal; '' for a visa without one. */
  readonly visaKeys: ReadonlyMap<string, DecryptKey>;
}

/** What this side remembers. */
export class OwnMemory {
  readonly store = new MemoryStore();
  readonly #keys = new Map<string, LocalKeys>();

  addKeys(id: ID, keys: LocalKeys): void {
    this.#keys.set(id.entityKey, keys);
    this.takeTo(id);
  }

  /** Sets which private keys are at hand: those of a terminal, or all. */
  takeTo(id: ID): void {
    const keys = this.#keys.get(id.entityKey);
    if (keys === undefined) return;
    const decrypt = [...keys.visaKeys]
      .filter(([terminal]) => id.terminal === undefined || terminal === id.terminal)
      .map(([terminal, key]) => ({ terminal: terminal === '' ? undefined : terminal, key }));
    this.store.commit([{ do: 'keep-keys', id, keys: { identity: keys.identityKey, decrypt } }]);
  }

  identityKey(id: ID): PrivateKey {
    const keys = this.#keys.get(id.entityKey);
    if (keys === undefined) throw new TypeError(`${id.toString()} is no local user`);
    return keys.identityKey;
  }
}

/** A user with a visa for each of `terminals`; '' is none. */
export async function newUser(memory: OwnMemory, parameters: JsonMap): Promise<JsonMap> {
  const algorithm = text(parameters, 'algorithm');
  const identityKey = await dim.PrivateKey.generate(algorithm);
  const seed = optionalText(parameters, 'seed');
  const type = text(parameters, 'metaType');
  const meta = await dim.Meta.generate({ type, privateKey: identityKey, ...(seed !== undefined && { seed }) });
  const id = meta.id(number(parameters, 'network'));
  const visaKeys = new Map<string, DecryptKey>();
  const visas: Document[] = [];
  for (const terminal of texts(parameters, 'terminals')) {
    const key = await dim.DecryptKey.generate('RSA');
    visaKeys.set(terminal, key);
    const did = terminal === '' ? id : id.at(terminal);
    const properties = { ...propertiesOf(parameters), key: key.encryptKey };
    visas.push(await dim.Document.create({ type: 'visa', did, properties }).sign(identityKey));
  }
  await remember(memory, { id, meta, documents: visas });
  memory.addKeys(id, { identityKey, visaKeys });
  const privateKeys = [
    { key: stringifyJson(identityKey.fields) },
    ...[...visaKeys].map(([terminal, key]) => ({ terminal, key: stringifyJson(key.fields) })),
  ];
  return { ...identityOf(id, meta, visas), privateKeys };
}

/** A group of a local founder. */
export async function newGroup(memory: OwnMemory, parameters: JsonMap): Promise<JsonMap> {
  const founder = dim.ID.parse(text(parameters, 'founder'));
  const identityKey = memory.identityKey(founder);
  const meta = await dim.Meta.generate({ type: 'MKM', privateKey: identityKey, seed: text(parameters, 'seed') });
  const id = meta.id(number(parameters, 'network') || EntityType.GROUP);
  const properties = { ...propertiesOf(parameters), founder: founder.toString() };
  const bulletin = await dim.Document.create({ type: 'bulletin', did: id, properties }).sign(identityKey);
  await remember(memory, { id, meta, documents: [bulletin] });
  const members = texts(parameters, 'members');
  await dim.setMembers(
    memory.store,
    id,
    members.map((member) => dim.ID.parse(member)),
  );
  return { ...identityOf(id, meta, [bulletin]), members };
}

/** Keeps an identity that somebody else made, if it is sound. */
export async function learn(memory: OwnMemory, parameters: JsonMap): Promise<JsonMap> {
  const id = dim.ID.parse(text(parameters, 'id'));
  const meta = dim.Meta.parse(parseJsonMap(text(parameters, 'meta')));
  const documents = texts(parameters, 'documents').map((item) => dim.Document.parse(parseJsonMap(item)));
  await remember(memory, { id, meta, documents });
  const members = texts(parameters, 'members').map((member) => dim.ID.parse(member));
  if (members.length > 0) await dim.setMembers(memory.store, id, members);
  const [identity, ...visas] = maps(parameters, 'privateKeys');
  if (identity !== undefined) {
    const readKey = (item: JsonMap) => parseJsonMap(text(item, 'key'));
    memory.addKeys(id, {
      identityKey: dim.PrivateKey.parse(readKey(identity)),
      visaKeys: new Map(visas.map((item) => [text(item, 'terminal'), dim.DecryptKey.parse(readKey(item))])),
    });
  }
  return {};
}

interface Identity {
  readonly id: ID;
  readonly meta: Meta;
  readonly documents: readonly Document[];
}

/** As an application does: what is not sound is not kept. */
async function remember({ store }: OwnMemory, identity: Identity): Promise<void> {
  const { value, changes } = await learnIdentity(dim, store, identity);
  const refusal = value.documents.find((outcome) => outcome instanceof DimError);
  if (refusal !== undefined) throw refusal;
  store.commit(changes);
}

function propertiesOf(parameters: JsonMap): JsonMap {
  const more = parseJsonMap(optionalText(parameters, 'properties') ?? '{}');
  return changeFields(more, { name: fieldOf(parameters, 'name') });
}

function identityOf(id: ID, meta: Meta, documents: readonly Document[]): JsonMap {
  return {
    id: id.toString(),
    meta: stringifyJson(meta.fields),
    documents: documents.map((document) => stringifyJson(document.fields)),
  };
}
