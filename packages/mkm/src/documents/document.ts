/**
 * Document: the part of an identity that changes, signed by the meta's key.
 *
 * `{ "did": ID, "type": "visa"|"bulletin"|"profile"|…, "data": JSON text of the properties, "signature": base64 }`
 * The ID is also read from `ID`. Without a type it is a visa for a user and a bulletin for a group.
 */
import { DimError, within } from '../errors/dim-error.ts';
import { MADE_HERE } from '../errors/made-here.ts';
import type { Limits } from '../wire/limits.ts';
import type { ID } from '../identity/identifier.ts';
import type { EncryptKey, VerifyKey } from '../keys/key.ts';
import { verifySignature } from '../keys/verify-signature.ts';
import {
  fieldOf,
  fieldOfAny,
  optionalBytesOf,
  optionalFieldOf,
  optionalTextOf,
  optionalTimeOf,
} from '../wire/field-readers.ts';
import type { JsonMap, JsonValue } from '../wire/json-map.ts';
import { parseJsonMap } from '../wire/json-text.ts';
import { encodeUtf8 } from '../wire/utf8.ts';
import { WireObject } from '../wire/wire-object.ts';
import { DocumentDraft, type PropertyChanges } from './document-draft.ts';

/** What reading a document needs of its context. */
export interface DocumentReaders {
  readonly limits: Limits;
  readId(input: unknown): ID;
  readEncryptKey(input: unknown): EncryptKey;
  /** Reads a document map that was copied already. */
  readDocument(fields: JsonMap): Document;
  /** Reads a document that was just signed here, with all that others will ask it for. */
  readSigned(fields: JsonMap): Document;
}

/** What the core read of a document map. */
export interface DocumentInit {
  readonly fields: JsonMap;
  readonly did: ID;
  readonly type: string;
  readonly data: string | undefined;
  readonly signature: Uint8Array | undefined;
  readonly properties: JsonMap;
  readonly readers: DocumentReaders;
}

/** A document as received. It counts for nothing before `verifyDocument` with the pinned meta. */
export class Document extends WireObject {
  /** Whose document it is; a visa's ID may have a terminal. */
  readonly did: ID;
  /** `visa`, `bulletin`, `profile`, or any other. */
  readonly type: string;
  /** The JSON text that is signed, exactly as received. */
  readonly data: string | undefined;
  readonly signature: Uint8Array | undefined;
  /** The properties in {@link Document.data}. */
  readonly properties: JsonMap;
  readonly #readers: DocumentReaders;

  constructor(init: DocumentInit) {
    super(init.fields);
    this.did = init.did;
    this.type = init.type;
    this.data = init.data;
    this.signature = init.signature;
    this.properties = init.properties;
    this.#readers = init.readers;
  }

  /** What it is to another copy of this package. */
  protected get '@dim'(): string {
    return 'mkm.Document';
  }

  /** Out of the way of those who print a document. */
  protected get readers(): DocumentReaders {
    return this.#readers;
  }

  /** One property; undefined when absent. */
  property(name: string): JsonValue | undefined {
    return fieldOf(this.properties, name);
  }

  /** The name of the user or group. @throws DimError `INPUT_TYPE` */
  get name(): string | undefined {
    return this.#read(() => optionalTextOf(this.properties, 'name'));
  }

  /** When it was signed, in seconds. @throws DimError `INPUT_…` */
  get time(): number | undefined {
    return this.#read(() => optionalTimeOf(this.properties, 'time'));
  }

  /** When it was first made, in seconds. @throws DimError `INPUT_…` */
  get createdTime(): number | undefined {
    return this.#read(() => optionalTimeOf(this.properties, 'created_time'));
  }

  #read<T>(read: () => T): T {
    return within('data', read);
  }

  /**
   * Whether the signature is `publicKey`'s over the data, byte for byte as received. False when unsigned.
   * @param publicKey the key of the document owner's meta; for a group, of its founder's
   */
  verify(publicKey: VerifyKey): Promise<boolean> {
    return isSignedBy(this, publicKey);
  }

  /**
   * A draft of this document with changed properties, to be signed again. `undefined` removes a property.
   */
  with(changes: PropertyChanges): DocumentDraft<this> {
    const draft = new DocumentDraft<this>(MADE_HERE, {
      did: this.did,
      type: this.type,
      properties: this.properties,
      read: (fields) => this.#readers.readSigned(fields),
    });
    return draft.with(changes);
  }
}

/** {@link Document.verify}, of whichever class: what is signed is the text, and nothing that a class makes of it. */
export async function isSignedBy(
  { data, signature }: Pick<Document, 'data' | 'signature'>,
  publicKey: VerifyKey,
): Promise<boolean> {
  if (data === undefined || signature === undefined) return false;
  return verifySignature(publicKey, encodeUtf8(data), signature);
}

/** The parts of a document map that was copied already; the context picks the class by the type. */
export function readDocumentInit(fields: JsonMap, readers: DocumentReaders): DocumentInit {
  const did = didOf(fields, readers);
  refuseNull(fields, ['data', 'signature']);
  const data = optionalTextOf(fields, 'data');
  const properties = data === undefined ? {} : within('data', () => readProperties(data, did, readers));
  const type = readType(fields, properties, did);
  const signature = optionalBytesOf(fields, 'signature', readers.limits.signatureLength);
  if (signature !== undefined && data === undefined)
    throw new DimError('INPUT_MISSING', 'is required beside a signature', { path: 'data' });
  return { fields, did, type, data, signature, properties, readers };
}

/** What is signed is absent in a draft alone: null there is something that got lost. */
function refuseNull(fields: JsonMap, names: readonly string[]): void {
  const name = names.find((candidate) => fieldOf(fields, candidate) === null);
  if (name !== undefined) throw new DimError('INPUT_TYPE', 'must be text, not null', { path: name });
}

/** The signed type is the type: what was signed as anything else, a message say, never passes for a document. */
function readType(fields: JsonMap, properties: JsonMap, did: ID): string {
  const signed = within('data', () => optionalTextOf(properties, 'type'));
  const type = optionalTextOf(fields, 'type') ?? signed ?? (did.isGroup ? 'bulletin' : 'visa');
  // A type in digits is that of a content: a message that was signed must not pass for a document.
  if (!/^(?!\d+$)[\p{L}\p{N}][\p{L}\p{N}._:/ -]{0,63}$/u.test(type))
    throw new DimError('INPUT_FORMAT', 'must be a short word', { path: 'type' });
  if (signed !== undefined && signed !== type)
    throw new DimError('INPUT_CONFLICT', 'differs from the type of the document', { path: 'data.type' });
  if ((type === 'bulletin') !== did.isGroup && (type === 'bulletin' || type === 'visa'))
    throw new DimError('INPUT_CONFLICT', 'a visa belongs to a user, and a bulletin to a group', { path: 'type' });
  return type;
}

function didOf(fields: JsonMap, readers: DocumentReaders): ID {
  const value = fieldOfAny(fields, ['did', 'ID']);
  if (value === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: 'did' });
  const did = within('did', () => readers.readId(value));
  if (did.address.kind === 'broadcast')
    throw new DimError('INPUT_CONFLICT', 'a broadcast ID has no documents', { path: 'did' });
  return did;
}

function readProperties(data: string, did: ID, readers: DocumentReaders): JsonMap {
  // What has no UTF-8 form has no signature either.
  encodeUtf8(data);
  const properties = parseJsonMap(data, readers.limits);
  const inner = fieldOfAny(properties, ['did', 'ID']);
  if (inner !== undefined) within('did', () => checkSigned(readers.readId(inner), properties, did));
  return properties;
}

/** Where an ID is signed, what stands outside adds nothing to it: no name, no address, no terminal. */
function checkSigned(signed: ID, properties: JsonMap, did: ID): void {
  const terminal = signed.terminal ?? optionalFieldOf(properties, 'terminal');
  const otherTerminal = did.terminal !== undefined && terminal !== did.terminal;
  if (!signed.equals(did) || otherTerminal)
    throw new DimError('INPUT_CONFLICT', 'differs from the did of the document');
}
