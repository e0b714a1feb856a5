/**
 * Recovery words: an identity that fits on a slip of paper.
 *
 * The words are those of BIP-39 (English), and the identity key is the one that wallets make of them: secp256k1 by BIP-32 at
 * `m/44'/60'/0'/0/0`. With a meta of type ETH the ID is the address that wallets show, everywhere and each time.
 */
import { HDKey } from '@scure/bip32';
import { entropyToMnemonic, mnemonicToEntropy, mnemonicToSeed } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { DimError, type Dim, type PrivateKey, type User } from 'dimp';
import { checkArguments, encodeUtf8, requireArgument, typeName, within } from 'dimp/extend';

/** Of the first account of Ethereum, where all wallets begin. */
const PATH = "m/44'/60'/0'/0/0";

/** How many bytes of chance are in how many words, beside the checksum. */
const ENTROPY_BYTES = new Map([
  [12, 16],
  [24, 32],
]);

/** What wallets make; all of them are read. */
const COUNTS: ReadonlySet<number> = new Set([12, 15, 18, 21, 24]);

/** Characters; 24 words have 215 at most. */
const MAX_LENGTH = 2000;

const WORDS: ReadonlySet<string> = new Set(wordlist);

/**
 * New recovery words, in one line. Whoever has them is the person: show them once, to be written down, and keep them nowhere.
 *
 * @param count 12, which nobody guesses, or 24
 * @throws DimError `USAGE_ARGUMENT` for another count
 * @example
 * ```ts
 * import { createRecoveryWords } from 'dimsdk/words';
 *
 * createRecoveryWords(); // 'legal winner thank year …'
 * ```
 */
export function createRecoveryWords(count: 12 | 24 = 12): string {
  const length = ENTROPY_BYTES.get(count);
  if (length === undefined) throw new DimError('USAGE_ARGUMENT', 'must be 12 or 24', { path: 'count' });
  const entropy = crypto.getRandomValues(new Uint8Array(length));
  try {
    return entropyToMnemonic(entropy, wordlist);
  } finally {
    entropy.fill(0);
  }
}

/**
 * Recovery words as they were typed, in one spelling: small letters, one blank between two. Numbers of words, commas and line
 * breaks may stand between them.
 *
 * @throws DimError `INPUT_FORMAT`: at `words[2]` for the third one where it is none; without a path for a wrong number of them, or when
 * the checksum says that one is another, or at another place. No word is in the error
 * @example
 * ```ts
 * import { isDimError } from 'dimp';
 * import { readRecoveryWords } from 'dimsdk/words';
 *
 * function faultOf(typed: string): string | undefined {
 *   try {
 *     readRecoveryWords(typed);
 *     return undefined;
 *   } catch (error) {
 *     return isDimError(error) ? error.reason : 'cannot be read'; // 'word 3 is none of the list'
 *   }
 * }
 * ```
 */
export function readRecoveryWords(words: string): string {
  if (typeof words !== 'string') throw new DimError('INPUT_TYPE', `must be text, not ${typeName(words)}`);
  if (words.length > MAX_LENGTH) throw new DimError('INPUT_LIMIT', `is longer than ${MAX_LENGTH} characters`);
  const all = words
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\d{1,2}[.)]/g, ' ')
    .split(/[\s,;\u00ad\u200b-\u200d\u2060\ufeff]+/)
    .filter((word) => word !== '');
  const wrong = all.findIndex((word) => !WORDS.has(word));
  if (wrong !== -1)
    throw new DimError('INPUT_FORMAT', `word ${wrong + 1} is none of the list`, { path: `words[${wrong}]` });
  if (!COUNTS.has(all.length))
    throw new DimError('INPUT_FORMAT', `must be 12, 15, 18, 21 or 24 words, not ${all.length}`);
  const sentence = all.join(' ');
  try {
    mnemonicToEntropy(sentence, wordlist).fill(0);
  } catch {
    // Its error may have words in it.
    throw new DimError('INPUT_FORMAT', 'are no recovery words: one of them is another, or at another place');
  }
  return sentence;
}

/** How to make a user of recovery words. */
export interface WordsOptions {
  /** The name that people see. */
  readonly name: string;
  /** This device: a name that no other device of the person has, else its visa would be replaced. */
  readonly terminals?: readonly string[] | undefined;
  /** The passphrase of BIP-39, where there is one: another one makes another user, and nothing tells which is right. */
  readonly passphrase?: string | undefined;
  /** As in `createUser`. */
  readonly visaAlgorithms?: readonly string[] | undefined;
}

/**
 * The user of recovery words: the same ID, meta and identity key each time, with new keys to encrypt to. Keep it with
 * `addLocalUser`. What others wrote to the keys of before, nobody reads by the words alone: those are in an exported identity.
 *
 * @throws DimError as {@link readRecoveryWords}; `USAGE_ARGUMENT`, `UNSUPPORTED_…` as `dim.createUser`
 * @example
 * ```ts
 * import { addLocalUser, type ClientStore } from 'dimsdk';
 * import { userFromWords } from 'dimsdk/words';
 * import type { Dim } from 'dimp';
 *
 * async function recover(dim: Dim, store: ClientStore, words: string): Promise<void> {
 *   await addLocalUser(dim, store, await userFromWords(dim, words, { name: 'Alice', terminals: ['phone-2'] }));
 * }
 * ```
 */
export async function userFromWords(dim: Dim, words: string, options: WordsOptions): Promise<User> {
  const { name, terminals, passphrase = '', visaAlgorithms } = requireArgument(options, 'options');
  const identityKey = await keyFromWords(dim, readRecoveryWords(words), passphrase);
  return dim.createUser({
    name,
    identityKey,
    ...(terminals !== undefined && { terminals }),
    ...(visaAlgorithms !== undefined && { visaAlgorithms }),
  });
}

async function keyFromWords(dim: Dim, sentence: string, passphrase: string): Promise<PrivateKey> {
  if (typeof passphrase !== 'string')
    throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(passphrase)}`, { path: 'passphrase' });
  checkArguments(() => within('passphrase', () => encodeUtf8(passphrase)));
  const seed = await mnemonicToSeed(sentence, passphrase);
  const root = HDKey.fromMasterSeed(seed);
  const leaf = root.derive(PATH);
  try {
    const data = Array.from(leaf.privateKey ?? [], (byte) => byte.toString(16).padStart(2, '0')).join('');
    return dim.PrivateKey.parse({ algorithm: 'ECC', data });
  } finally {
    seed.fill(0);
    for (const node of [root, leaf]) node.wipePrivateData();
  }
}
