/**
 * Visa: how to reach a user at a terminal, signed by the user.
 *
 * Properties: `{ "did"?, "name"?, "key"?: {public key map}, "avatar"?: PNF, "terminal"?, "time"?, "created_time"?, … }`
 */
import { DimError, within } from '../errors/dim-error.ts';
import { canEncrypt, type EncryptKey, type PublicKey } from '../keys/key.ts';
import { fieldOf, fieldOfAny, optionalTextOf } from '../wire/field-readers.ts';
import { NetworkFile } from '../wire/network-file.ts';
import { Document } from './document.ts';

/** A user's document. A user has one for each terminal. */
export class Visa extends Document {
  #publicKey: (PublicKey & EncryptKey) | undefined;

  /**
   * The key that others encrypt to. Read once.
   * @throws DimError when there is a key but none that encrypts
   */
  get publicKey(): (PublicKey & EncryptKey) | undefined {
    if (this.#publicKey === undefined && fieldOf(this.properties, 'key') !== undefined) {
      this.#publicKey = within('data.key', () => this.#readKey());
    }
    return this.#publicKey;
  }

  #readKey(): PublicKey & EncryptKey {
    const key = this.readers.readPublicKey(fieldOf(this.properties, 'key'));
    if (!canEncrypt(key))
      throw new DimError('UNSUPPORTED_ALGORITHM', `a visa's key must encrypt, and ${key.algorithm} does not`);
    return key;
  }

  /** @throws DimError `INPUT_…` */
  get avatar(): NetworkFile | undefined {
    const avatar = fieldOf(this.properties, 'avatar');
    return avatar === undefined || avatar === null
      ? undefined
      : within('data.avatar', () => NetworkFile.parse(avatar, this.readers));
  }

  /** The login point that this visa is for; undefined when it is for all. What is signed goes before the `did`. */
  get terminal(): string | undefined {
    const terminal = within('data', () => this.#signedTerminal()) ?? this.did.terminal;
    return terminal === '*' || terminal === '' ? undefined : terminal;
  }

  #signedTerminal(): string | undefined {
    const signedId = fieldOfAny(this.properties, ['did', 'ID']);
    const ofId = signedId === undefined ? undefined : this.readers.readId(signedId).terminal;
    return ofId ?? optionalTextOf(this.properties, 'terminal');
  }
}
