/** What a store keeps of the objects of the core, as text, and the objects of it again: each text is read once. */
import {
  DimError,
  isDimError,
  type Dim,
  type Document,
  type ID,
  type JsonMap,
  type JsonValue,
  type KeptMessageKey,
  type KeyRing,
  type Meta,
  type SymmetricKey,
  type VerifiedDocument,
  type VerifiedMeta,
} from 'dimp';
import { checkArguments, copyJsonMap, parseJsonMap, within } from 'dimp/extend';
import { writeJson } from 'dimp/internal';
import { KnownObjects } from './known-objects.ts';
import { readRing } from './sealed-ring.ts';

/** Reads what is kept; a context does. */
export type StoreCodecs = Pick<
  Dim,
  'ID' | 'Meta' | 'Document' | 'PrivateKey' | 'DecryptKey' | 'SymmetricKey' | 'limits'
>;

/** The codecs that a store asks for. */
export const STORE_CODECS = [
  'ID',
  'Meta',
  'Document',
  'PrivateKey',
  'DecryptKey',
  'SymmetricKey',
  'limits',
] as const satisfies readonly (keyof StoreCodecs)[];

/** Writes and reads what a store keeps. */
export class KeptForms {
  readonly #codecs: StoreCodecs;
  readonly #objects = new KnownObjects();

  constructor(codecs: StoreCodecs) {
    this.#codecs = codecs;
  }

  metaText(id: ID, meta: VerifiedMeta): string {
    const text = writeJson(meta.meta.fields);
    this.#objects.keep('meta', id.entityKey, text, meta);
    return text;
  }

  meta(id: ID, text: string): VerifiedMeta | Meta | JsonMap {
    return this.#objects.read<VerifiedMeta | Meta | JsonMap>('meta', id.entityKey, text, () =>
      this.#readOr(text, (map) => this.#codecs.Meta.parse(map)),
    );
  }

  documentText(document: VerifiedDocument): string {
    const text = writeJson(document.document.fields);
    this.#objects.keep('document', document.did.entityKey, text, document);
    return text;
  }

  document(id: ID, text: string): VerifiedDocument | Document | JsonMap {
    return this.#objects.read<VerifiedDocument | Document | JsonMap>('document', id.entityKey, text, () =>
      this.#readOr(text, (map) => this.#codecs.Document.parse(map)),
    );
  }

  /** What was signed of a document that was kept. */
  dataOf(text: string): JsonValue | undefined {
    return kept('a document', () => parseJsonMap(text, this.#codecs.limits))['data'];
  }

  keys(entityKey: string, text: string): KeyRing {
    return this.#objects.read('keys', entityKey, text, () => kept('private keys', () => readRing(text, this.#codecs)));
  }

  membersText(members: readonly ID[]): string {
    return writeJson(members.map((member) => member.toString()));
  }

  members(group: ID, text: string): readonly ID[] {
    return this.#objects.read('members', group.entityKey, text, () =>
      kept('members', () =>
        Object.freeze((JSON.parse(text) as readonly unknown[]).map((id) => this.#codecs.ID.parse(id))),
      ),
    );
  }

  id(text: string): ID {
    return kept('an ID', () => this.#codecs.ID.parse(text));
  }

  /** @throws DimError `USAGE_ARGUMENT` for a key that has no map */
  messageKeyText({ key, digest, time, ...rest }: KeptMessageKey): string {
    const map: Record<string, JsonValue> = {
      key: checkArguments(() => within('entry.key', () => copyJsonMap(key))),
      digest,
      time,
    };
    for (const name of ['isNamed', 'terminal', 'recipients', 'isHandedOver'] as const) {
      const value = rest[name];
      if (value !== undefined && value !== null) map[name] = value;
    }
    return writeJson(map);
  }

  messageKey(text: string): KeptMessageKey {
    return this.#objects.read('message-key', '', text, () => {
      const entry = kept('a message key', () => parseJsonMap(text)) as unknown as KeptMessageKey;
      return Object.freeze({ ...entry, key: this.#symmetricKey(entry.key as JsonMap) });
    });
  }

  #symmetricKey(map: JsonMap): SymmetricKey | JsonMap {
    const result = this.#codecs.SymmetricKey.safeParse(map);
    return result.ok ? result.value : map;
  }

  /** What a text says, or its map where it cannot be read: what that means is for those to say who asked for it. */
  #readOr<T>(text: string, parse: (map: JsonMap) => T): T | JsonMap {
    const map = kept('a text', () => parseJsonMap(text, this.#codecs.limits));
    try {
      return parse(map);
    } catch {
      return map;
    }
  }
}

/** What is wrong with what was kept is no fault of whoever wrote the message that it was asked for. */
function kept<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (isDimError(error) && /^(STORE|INTERNAL)_/.test(error.code)) throw error;
    throw new DimError('INTERNAL_STORE', `the database has ${what} that cannot be read`, { cause: error });
  }
}
