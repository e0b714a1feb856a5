/** A vault that a passphrase opens. */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { DimError, type Awaitable, type JsonMap } from 'dimp';
import { checkArguments, copyJsonMap, encodeBase64, encodeUtf8, typeName, within } from 'dimp/extend';
import { bytesArgument } from 'dimp/internal';
import type { KeyVault } from '../ports/key-vault.ts';
import { checkOptionNames } from '../usage/check-usage.ts';
import { deriveKey, portableScrypt, type Scrypt, type ScryptCost } from './scrypt.ts';
import {
  additionalData,
  costOf,
  isCost,
  newNonce,
  readSealed,
  SALT_BYTES,
  writeSealed,
  type CostRange,
} from './sealed-secret.ts';

/** 128 MiB, and half a second to one: what is recommended for interactive use. */
const COST = 2 ** 17;
const LOWEST_COST = 2 ** 15;
const HIGHEST_COST = 2 ** 18;

/** How many salts are known by their keys: a store has one, unless somebody put others there. */
const KEYS = 8;

/** How a passphrase seals. */
export interface PassphraseVaultOptions {
  /** N of scrypt, a power of two; 2^17, if not given. A key takes 1024 * N bytes of memory while it is made. */
  readonly cost?: number | undefined;
  /** The lowest N that is opened: 2^15, if not given. Lower ones are for tests. */
  readonly lowestCost?: number | undefined;
  /** The highest N that is opened: 2^18, or `cost` where that is more, if not given. Each value names its own. */
  readonly highestCost?: number | undefined;
  /** Who computes scrypt: JavaScript, if not given. `nodeScrypt` of `dimsdk/node` is faster, and takes a thread of its own. */
  readonly scrypt?: Scrypt | undefined;
}

const OPTIONS: Readonly<Record<keyof PassphraseVaultOptions, true>> = {
  cost: true,
  lowestCost: true,
  highestCost: true,
  scrypt: true,
};

/** A vault that can forget. */
export interface PassphraseVault extends KeyVault {
  /**
   * Forgets the passphrase and all keys made of it. What is asked of it later fails with `VAULT_PASSPHRASE`. What others opened
   * by it before, a store of `withVault` say, they still have.
   */
  lock(): void;
}

/**
 * A vault that seals by a passphrase: a key that scrypt makes of it (N = 2^17, r = 8, p = 1, so that each guess takes 128 MiB),
 * and XChaCha20-Poly1305 with a new random nonce each time. The key is made once for each salt, and what is sealed takes the
 * salt of what was opened, so that all rings of a store cost one scrypt.
 *
 * @param passphrase counts in its form NFKC, so that it does not matter which keyboard wrote it. Its bytes are kept until the
 * vault is locked; a function is asked each time that a key is to be made, and nothing of its answer is kept
 * @throws DimError `USAGE_ARGUMENT` for an empty passphrase, or a cost that is none; `seal` and `open` also `INTERNAL_PLATFORM` where
 * there is not enough memory
 * @example
 * ```ts
 * import { passphraseVault } from 'dimsdk';
 *
 * const vault = passphraseVault('correct horse battery staple');
 * const sealed = await vault.seal(Uint8Array.of(1, 2, 3), 'numbers');
 * await vault.open(sealed, 'numbers'); // Uint8Array [1, 2, 3]
 * ```
 */
export function passphraseVault(
  passphrase: string | (() => Awaitable<string>),
  options: PassphraseVaultOptions = {},
): PassphraseVault {
  checkOptionNames(options, OPTIONS);
  const { cost = COST, lowestCost = LOWEST_COST, scrypt = portableScrypt } = options;
  const highestCost = options.highestCost ?? Math.max(HIGHEST_COST, cost);
  for (const [path, N] of Object.entries({ cost, lowestCost, highestCost }))
    if (!isCost(N)) throw new DimError('USAGE_ARGUMENT', 'must be a power of two', { path });
  // What is sealed can be opened again.
  if (cost < lowestCost || cost > highestCost)
    throw new DimError('USAGE_ARGUMENT', `must be ${lowestCost} to ${highestCost}`, { path: 'cost' });
  const range = { lowest: lowestCost, highest: highestCost };
  return new ScryptVault(passphrase, { cost: costOf(cost), range, scrypt });
}

interface VaultOptions {
  readonly cost: ScryptCost;
  readonly range: CostRange;
  readonly scrypt: Scrypt;
}

/** A key, and what it was made with. */
interface DerivedKey {
  /** Of the salt and the cost. */
  readonly name: string;
  readonly salt: Uint8Array;
  readonly key: Promise<Uint8Array>;
}

class ScryptVault implements PassphraseVault {
  /** Undefined once the vault is locked. */
  #passphrase: Uint8Array | (() => Awaitable<string>) | undefined;
  readonly #options: VaultOptions;
  /** The newest at the end. */
  readonly #keys = new Map<string, DerivedKey>();
  /** What is sealed with: the first key of the vault's own cost that was made to seal, or has opened something. */
  #sealing: DerivedKey | undefined;
  /** Keys are made one after the other, so that no more memory is taken than for one. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(passphrase: string | (() => Awaitable<string>), options: VaultOptions) {
    this.#passphrase = typeof passphrase === 'function' ? passphrase : bytesOfPassphrase(passphrase);
    this.#options = options;
  }

  async seal(secret: Uint8Array, label: string): Promise<JsonMap> {
    const bytes = bytesArgument(secret, 'secret');
    const additional = labelBytes(label);
    const { cost } = this.#options;
    this.#checkOpen();
    this.#sealing ??= this.#keyOf(crypto.getRandomValues(new Uint8Array(SALT_BYTES)), cost);
    const { key, salt } = this.#sealing;
    const cipherKey = await key;
    this.#checkOpen();
    const nonce = newNonce();
    return writeSealed({ cost, salt, nonce, data: xchacha20poly1305(cipherKey, nonce, additional).encrypt(bytes) });
  }

  async open(sealed: JsonMap, label: string): Promise<Uint8Array> {
    const additional = labelBytes(label);
    const { cost, salt, nonce, data } = readSealed(copyJsonMap(sealed), this.#options.range);
    this.#checkOpen();
    const derived = this.#keyOf(salt, cost);
    const key = await derived.key;
    this.#checkOpen();
    let secret: Uint8Array;
    try {
      secret = xchacha20poly1305(key, nonce, additional).decrypt(data);
    } catch {
      // Whoever is asked for the passphrase may give another one the next time.
      if (typeof this.#passphrase === 'function') this.#forget(derived);
      throw new DimError('VAULT_PASSPHRASE', 'the passphrase is another one, or what it opens was changed');
    }
    if (cost.N === this.#options.cost.N) this.#sealing ??= derived;
    return secret;
  }

  lock(): void {
    if (this.#passphrase instanceof Uint8Array) this.#passphrase.fill(0);
    this.#passphrase = undefined;
    for (const { key } of this.#keys.values())
      void key.then(
        (bytes) => bytes.fill(0),
        () => undefined,
      );
    this.#keys.clear();
    this.#sealing = undefined;
  }

  #checkOpen(): void {
    if (this.#passphrase === undefined) throw lockedVault();
  }

  #keyOf(salt: Uint8Array, cost: ScryptCost): DerivedKey {
    const name = `${cost.N} ${encodeBase64(salt)}`;
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const derived = { name, salt, key: this.#last.then(async () => this.#derive(salt, cost)) };
    this.#keys.set(name, derived);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > KEYS && oldest !== undefined) this.#keys.delete(oldest);
    this.#last = derived.key.catch(() => this.#forget(derived));
    return derived;
  }

  async #derive(salt: Uint8Array, cost: ScryptCost): Promise<Uint8Array> {
    const passphrase = await this.#passphraseBytes();
    try {
      const key = await deriveKey(this.#options.scrypt, passphrase, salt, cost);
      if (this.#passphrase !== undefined) return key;
      key.fill(0);
      throw lockedVault();
    } finally {
      passphrase.fill(0);
    }
  }

  /** A copy, which may be overwritten. */
  async #passphraseBytes(): Promise<Uint8Array> {
    const passphrase = this.#passphrase;
    if (passphrase === undefined) throw lockedVault();
    return passphrase instanceof Uint8Array ? passphrase.slice() : bytesOfPassphrase(await passphrase());
  }

  #forget(derived: DerivedKey): void {
    if (this.#keys.get(derived.name) === derived) this.#keys.delete(derived.name);
    if (this.#sealing === derived) this.#sealing = undefined;
  }
}

function lockedVault(): DimError {
  return new DimError('VAULT_PASSPHRASE', 'the vault was locked');
}

/** @throws DimError `USAGE_ARGUMENT` */
function bytesOfPassphrase(passphrase: string): Uint8Array {
  const path = 'passphrase';
  if (typeof passphrase !== 'string')
    throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(passphrase)}`, { path });
  if (passphrase === '') throw new DimError('USAGE_ARGUMENT', 'must not be empty', { path });
  return checkArguments(() => within(path, () => encodeUtf8(passphrase.normalize('NFKC'))));
}

function labelBytes(label: string): Uint8Array {
  if (typeof label !== 'string')
    throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(label)}`, { path: 'label' });
  return checkArguments(() => within('label', () => additionalData(label)));
}
