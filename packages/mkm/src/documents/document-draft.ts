/** A document before it is signed: properties can be set, and nobody can take it for a signed one. */
import { DimError } from '../errors/dim-error.ts';
import { callPluginAsync } from '../extension/definition-table.ts';
import type { ID } from '../identity/identifier.ts';
import type { SignKey } from '../keys/key.ts';
import { encodeBase64 } from '../wire/base64.ts';
import { fieldOf } from '../wire/field-readers.ts';
import { copyJson, type JsonMap, type JsonValue } from '../wire/json-map.ts';
import { stringifyJson } from '../wire/json-text.ts';
import { encodeUtf8 } from '../wire/utf8.ts';
import { changeFields } from '../wire/wire-object.ts';
import { currentTime } from '../wire/wire-time.ts';
import type { Document, DocumentReaders } from './document.ts';

/** Values for properties: JSON, or anything that has `toJSON` (keys, IDs, files); `undefined` removes. */
export interface PropertyChanges {
  readonly [name: string]: PropertyValue | readonly PropertyValue[] | undefined;
}

/** The terminal of a visa that is for all of a user's. */
export const ALL_TERMINALS = '*';

type PropertyValue = JsonValue | { toJSON(): JsonValue };

/** An unsigned document. {@link DocumentDraft.sign} makes the document of it. */
export class DocumentDraft<D = Document> {
  readonly did: ID;
  readonly type: string;
  readonly properties: JsonMap;
  readonly #readers: DocumentReaders;

  constructor(init: {
    readonly did: ID;
    readonly type: string;
    readonly properties: JsonMap;
    readonly readers: DocumentReaders;
  }) {
    this.did = init.did;
    this.type = init.type;
    this.properties = init.properties;
    this.#readers = init.readers;
  }

  /** A draft with changed properties. */
  with(changes: PropertyChanges): DocumentDraft<D> {
    const copied: { [name: string]: JsonValue | undefined } = {};
    for (const [name, value] of Object.entries(changes)) {
      Object.defineProperty(copied, name, {
        value: value === undefined ? undefined : copyProperty(value),
        enumerable: true,
      });
    }
    const { did, type } = this;
    return new DocumentDraft<D>({
      did,
      type,
      properties: changeFields(this.properties, copied),
      readers: this.#readers,
    });
  }

  /**
   * Signs the properties, with the type, the ID and the signing time among them: so the signature holds for nothing else.
   * @param privateKey the private key of the owner's meta; for a group, of its founder's
   * @param options.time seconds since 1970; now, if not given
   */
  async sign(privateKey: SignKey, options: { readonly time?: number } = {}): Promise<D> {
    const { did, type } = this;
    const time = options.time ?? currentTime();
    // Of a visa the terminal is signed too, also where it is for all: so that nobody can give it another.
    const own = { type, did: did.toString(), ...(type === 'visa' && { terminal: this.#terminal() }), time };
    const data = stringifyJson(changeFields({ ...own, created_time: time, ...this.properties }, own));
    const signature = await callPluginAsync(privateKey.algorithm, () => privateKey.sign(encodeUtf8(data)));
    const document = this.#readers.readDocument({
      type,
      did: did.toString(),
      data,
      signature: encodeBase64(signature),
    });
    // The class follows from the type, as for the draft.
    return document as D;
  }

  #terminal(): JsonValue {
    return this.did.terminal ?? fieldOf(this.properties, 'terminal') ?? ALL_TERMINALS;
  }

  /** A draft has no wire form. */
  toJSON(): never {
    throw new DimError('USAGE_ARGUMENT', 'a document draft must be signed before it is sent');
  }
}

function copyProperty(value: PropertyValue | readonly PropertyValue[]): JsonValue {
  if (isList(value)) return Object.freeze(value.map((item) => copyProperty(item)));
  return copyJson(hasWireForm(value) ? value.toJSON() : value);
}

function isList(value: PropertyValue | readonly PropertyValue[]): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

/** An ID or a file stands for a text, which copying an object would not allow. */
function hasWireForm(value: PropertyValue): value is { toJSON(): JsonValue } {
  return typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function';
}
