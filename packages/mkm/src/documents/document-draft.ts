/** A document before it is signed: properties can be set, and nobody can take it for a signed one. */
import { checkArguments } from '../errors/check-arguments.ts';
import { DimError, within } from '../errors/dim-error.ts';
import { MADE_HERE, requireMadeHere } from '../errors/made-here.ts';
import { callPluginAsync } from '../errors/call-plugin.ts';
import type { ID } from '../identity/identifier.ts';
import type { SignKey } from '../keys/key.ts';
import { encodeBase64 } from '../wire/base64.ts';
import { fieldOf, optionalFieldOf, optionalTimeOf } from '../wire/field-readers.ts';
import type { JsonMap, JsonValue } from '../wire/json-map.ts';
import { stringifyJson } from '../wire/json-text.ts';
import { WrittenFields, type NewFields } from '../writing/new-fields.ts';
import { isSecretKey } from '../writing/secret-keys.ts';
import { encodeUtf8 } from '../wire/utf8.ts';
import { changeFields } from '../wire/wire-object.ts';
import { currentTime, readTime } from '../wire/wire-time.ts';

/** Values for properties: JSON, or anything that has `toJSON` (keys, IDs, files); `undefined` removes. */
export type PropertyChanges = NewFields;

/** The terminal of a visa that is for all of a user's. */
export const ALL_TERMINALS = '*';

/** An unsigned document. {@link DocumentDraft.sign} makes the document of it, of the class `D`. */
export class DocumentDraft<D> {
  readonly did: ID;
  readonly type: string;
  readonly properties: JsonMap;
  readonly #read: (fields: JsonMap) => unknown;

  /** Of a context, or a document: `Document.create`, `document.with`. */
  constructor(
    made: typeof MADE_HERE,
    init: {
      readonly did: ID;
      readonly type: string;
      readonly properties: JsonMap;
      /** Reads the map of the signed document, as whoever receives it will. */
      readonly read: (fields: JsonMap) => unknown;
    },
  ) {
    requireMadeHere(made);
    // A content's type is digits: what was signed as the one must not pass for the other.
    if (typeof init.type !== 'string' || /^\d+$/.test(init.type))
      throw new DimError('USAGE_ARGUMENT', 'must be a word, not digits', { path: 'type' });
    this.did = init.did;
    this.type = init.type;
    this.properties = init.properties;
    this.#read = init.read;
  }

  /**
   * A draft with changed properties.
   * @throws DimError `USAGE_ARGUMENT` for what no reader would take
   */
  with(changes: PropertyChanges): DocumentDraft<D> {
    const { fields } = checkArguments(() => new WrittenFields(changes, isSecretKey));
    const copied = Object.fromEntries(Object.keys(changes).map((name) => [name, fieldOf(fields, name)]));
    const { did, type } = this;
    return new DocumentDraft<D>(MADE_HERE, {
      did,
      type,
      properties: changeFields(this.properties, copied),
      read: this.#read,
    });
  }

  /**
   * Signs the properties, with the type, the ID and the signing time among them: so the signature holds for nothing else.
   * @param privateKey the private key of the owner's meta; for a group, of its founder's
   * @param options.time seconds since 1970; now, if not given
   * @throws DimError `USAGE_ARGUMENT` for a time that is none, and for a document that no reader would take
   */
  async sign(privateKey: SignKey, options: { readonly time?: number } = {}): Promise<D> {
    const { did, type } = this;
    const time = checkArguments(() => within('time', () => readTime(options.time ?? currentTime())));
    // Of a visa the terminal is signed too, also where it is for all: so that nobody can give it another.
    const own = { type, did: did.toString(), ...(type === 'visa' && { terminal: this.#terminal() }), time };
    const properties = changeFields({ ...own, created_time: time, ...this.properties }, own);
    checkArguments(() => optionalTimeOf(properties, 'created_time'));
    const data = checkArguments(() => stringifyJson(properties));
    const signature = await callPluginAsync(privateKey.algorithm, () => privateKey.sign(encodeUtf8(data)));
    const fields = { type, did: did.toString(), data, signature: encodeBase64(signature) };
    const document = checkArguments(() => this.#read(fields));
    // The class follows from the type, as for the draft.
    return document as D;
  }

  #terminal(): JsonValue {
    return this.did.terminal ?? optionalFieldOf(this.properties, 'terminal') ?? ALL_TERMINALS;
  }

  /** A draft has no wire form. */
  toJSON(): never {
    throw new DimError('USAGE_ARGUMENT', 'a document draft must be signed before it is sent');
  }
}
