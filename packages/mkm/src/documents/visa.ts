/**
 * Visa: how to reach a user at a terminal, signed by the user.
 *
 * Properties: `{ "did"?, "name"?, "key"?: {public key map}, "avatar"?: PNF, "terminal"?, "time"?, "created_time"?, … }`,
 * and for clients that know more: `{ "keys"?: [{public key map}], "algorithms"?: [name] }`
 */
import { DimError, isDimError, within } from '../errors/dim-error.ts';
import { checkIdPart } from '../identity/identifier.ts';
import type { EncryptKey } from '../keys/key.ts';
import { fieldOfAny, optionalFieldOf, optionalListOf } from '../wire/field-readers.ts';
import type { JsonValue } from '../wire/json-map.ts';
import { NetworkFile } from '../wire/network-file.ts';
import { ALL_TERMINALS } from './document-draft.ts';
import { Document, type DocumentInit } from './document.ts';

/** Nobody needs more, and each costs the reader time. */
const MAX_KEYS = 8;

/** A user's document. A user has one for each terminal. */
export class Visa extends Document {
  readonly #signedTerminal: string | undefined;
  #encryptKey: EncryptKey | undefined;
  #encryptKeys: readonly EncryptKey[] | undefined;

  /** @throws DimError `INPUT_…` for a terminal that no ID can have: nobody could write to its owner there */
  constructor(init: DocumentInit) {
    super(init);
    this.#signedTerminal = within(TERMINAL_PATH, () => readTerminal(init));
  }

  /** What it is to another copy of this package. */
  protected override get '@dim'(): string {
    return 'mkm.Document.Visa';
  }

  /**
   * The key that everybody encrypts to. Read once.
   * @throws DimError when there is a key but none that encrypts
   */
  get encryptKey(): EncryptKey | undefined {
    const key = optionalFieldOf(this.properties, 'key');
    if (key !== undefined) this.#encryptKey ??= within('data.key', () => this.readers.readEncryptKey(key));
    return this.#encryptKey;
  }

  /**
   * All keys that one can encrypt to, the best first, {@link Visa.encryptKey} last. Of an algorithm that no plugin has,
   * none is here. Read once.
   * @throws DimError `INPUT_…` when one is wrong
   */
  get encryptKeys(): readonly EncryptKey[] {
    this.#encryptKeys ??= Object.freeze(this.#readEncryptKeys());
    return this.#encryptKeys;
  }

  #readEncryptKeys(): EncryptKey[] {
    const maps = within('data', () => optionalListOf(this.properties, 'keys')) ?? [];
    if (maps.length > MAX_KEYS)
      throw new DimError('INPUT_LIMIT', `has more than ${MAX_KEYS} keys`, { path: 'data.keys' });
    const keys = maps.map((map, index) => this.#tryEncryptKey(map, `data.keys[${index}]`));
    const key = optionalFieldOf(this.properties, 'key');
    if (key !== undefined) keys.push(this.#tryEncryptKey(key, 'data.key'));
    return keys.filter((candidate) => candidate !== undefined);
  }

  #tryEncryptKey(map: JsonValue, path: string): EncryptKey | undefined {
    try {
      return within(path, () => this.readers.readEncryptKey(map));
    } catch (error) {
      if (isDimError(error) && error.code === 'UNSUPPORTED_ALGORITHM') return undefined;
      throw error;
    }
  }

  /**
   * The algorithms that the owner understands beside those of all clients (RSA, ECC, AES), in the owner's words.
   * @throws DimError `INPUT_TYPE`
   */
  get algorithms(): readonly string[] {
    const names = within('data', () => optionalListOf(this.properties, 'algorithms')) ?? [];
    const wrong = names.findIndex((name) => typeof name !== 'string');
    if (wrong >= 0) throw new DimError('INPUT_TYPE', 'must be text', { path: `data.algorithms[${wrong}]` });
    return names as readonly string[];
  }

  /** @throws DimError `INPUT_…` */
  get avatar(): NetworkFile | undefined {
    const avatar = optionalFieldOf(this.properties, 'avatar');
    return avatar === undefined || avatar === ''
      ? undefined
      : within('data.avatar', () => NetworkFile.parse(avatar, this.readers));
  }

  /** The login point that this visa is for; undefined when it is for all. What is signed goes before the `did`. */
  get terminal(): string | undefined {
    const terminal = this.#signedTerminal ?? this.did.terminal;
    return terminal === ALL_TERMINALS || terminal === '' ? undefined : terminal;
  }

  /**
   * Whether the owner signed which terminal this visa is for. Old clients do not: their visas name one outside of what is
   * signed, where anybody on the way can change it.
   */
  get isTerminalSigned(): boolean {
    return this.#signedTerminal !== undefined;
  }
}

const TERMINAL_PATH = 'data.terminal';

function readTerminal({ properties, did, readers }: DocumentInit): string | undefined {
  const signedId = fieldOfAny(properties, ['did', 'ID']);
  const ofId = signedId === undefined ? undefined : readers.readId(signedId).terminal;
  if (ofId !== undefined) return ofId;
  const terminal = optionalFieldOf(properties, 'terminal');
  if (terminal === undefined || terminal === '' || terminal === ALL_TERMINALS) return terminal;
  if (typeof terminal !== 'string') throw new DimError('INPUT_TYPE', 'must be text');
  const { idLength } = readers.limits;
  if (did.entity.toString().length + 1 + terminal.length > idLength)
    throw new DimError('INPUT_LIMIT', `makes an ID longer than ${idLength} characters`);
  return checkIdPart(terminal, 'terminal');
}

/** Whether an error says that a document is a visa for a terminal that no ID can have. Such visas were kept once. */
export function isOfOddTerminal(error: unknown): boolean {
  return isDimError(error) && error.path === TERMINAL_PATH;
}
