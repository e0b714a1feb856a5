/**
 * The code that two people compare: whoever put another key between them, each side shows another code.
 *
 * Of each side PBKDF2-HMAC-SHA-512 over `dim code 1`, its ID and its identity key makes 30 digits; both in the order of their digits
 * are the code, so that both sides show the same. 30 digits are 100 bits. Who wants to be taken for somebody looks for a key with
 * the same digits; each one that is tried costs 2^14 rounds, so that it is as dear as 2^114 hashes, while one code takes a moment.
 */
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { stringifyJson, type ID, type Memory, type VerifiedMeta } from 'dimp';
import { encodeBase64, encodeUtf8 } from 'dimp/extend';
import type { ClientStore } from 'dimsdk';
import { allRows, deleteRow, keep, putRow, textIn } from './app-table.ts';
import { knownIdentity } from './known-identity.ts';

const ROUNDS = 2 ** 14;
/** A group of five digits takes five bytes: the rest of 2^40 by 100,000 favors no digit that anybody would see. */
const GROUPS = 6;
const BYTES = 5;
const KEPT_HALVES = 200;

type Side = Pick<VerifiedMeta, 'id' | 'publicKey'>;

/** Sixty digits, in twelve groups of five. The same whichever side is given first. */
export async function codeOf(one: Side, other: Side, halfOf = digitsOf): Promise<string> {
  const halves = [await halfOf(one), await halfOf(other)].sort();
  return halves.join(' ');
}

async function digitsOf({ id, publicKey }: Side): Promise<string> {
  const bytes = await pbkdf2Async(sha512, keyBytes(publicKey), encodeUtf8(`dim code 1\n${id.entityKey}`), {
    c: ROUNDS,
    dkLen: GROUPS * BYTES,
  });
  return Array.from({ length: GROUPS }, (_, group) => {
    const number = bytes.slice(group * BYTES, (group + 1) * BYTES).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(number % 100_000).padStart(5, '0');
  }).join(' ');
}

/** The key itself, however its writer wrote it down. */
function keyBytes({ algorithm, canonical, fields }: Side['publicKey']): Uint8Array {
  const bytes = canonical ?? encodeUtf8(stringifyJson(fields));
  return Uint8Array.of(...encodeUtf8(`${algorithm}\n`), ...bytes);
}

function digestOf(side: Side): string {
  return encodeBase64(sha256(Uint8Array.of(...encodeUtf8(`${side.id.entityKey}\n`), ...keyBytes(side.publicKey))));
}

/** Whose code this person has compared. */
export class Verification {
  readonly #store: ClientStore;
  /** Digests of the keys, by entity keys. */
  readonly #digests = new Map<string, string>();
  /** Digits of one side, by digests. */
  readonly #halves = new Map<string, string>();

  constructor(store: ClientStore) {
    this.#store = store;
  }

  async start(): Promise<void> {
    for (const { key, value } of await allRows(this.#store, 'app-verified'))
      this.#digests.set(key, textIn(value, 'digest') ?? '');
  }

  /** The code with somebody; undefined while the key is not known. */
  async code(self: ID, id: ID): Promise<string | undefined> {
    const [own, other] = [await metaOf(this.#store, self), await metaOf(this.#store, id)];
    if (own === undefined || other === undefined || own.id.equals(other.id)) return undefined;
    return codeOf(own, other, async (side) => this.#halfOf(side));
  }

  async #halfOf(side: Side): Promise<string> {
    const digest = digestOf(side);
    const half = this.#halves.get(digest) ?? (await digitsOf(side));
    if (this.#halves.size >= KEPT_HALVES) this.#halves.clear();
    this.#halves.set(digest, half);
    return half;
  }

  /** Whether the code was compared, and the key is that one still. */
  async isVerified(id: ID): Promise<boolean> {
    const digest = this.#digests.get(id.entityKey);
    const meta = digest === undefined ? undefined : await metaOf(this.#store, id);
    return meta !== undefined && digestOf(meta) === digest;
  }

  /** @returns whether it is kept: nobody is verified whose key is not known */
  async set(id: ID, isVerified: boolean): Promise<boolean> {
    const meta = await metaOf(this.#store, id);
    if (!isVerified) {
      await keep(this.#store, deleteRow('app-verified', id.entityKey));
      this.#digests.delete(id.entityKey);
      return true;
    }
    if (meta === undefined) return false;
    const digest = digestOf(meta);
    await keep(this.#store, putRow('app-verified', id.entityKey, { id: id.entity.toString(), digest }));
    this.#digests.set(id.entityKey, digest);
    return true;
  }
}

async function metaOf(store: Memory, id: ID): Promise<Side | undefined> {
  return (await knownIdentity(store, id)).meta;
}
