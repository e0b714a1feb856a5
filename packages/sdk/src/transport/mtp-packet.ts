/**
 * Packets of MTP, the framing of deployed clients and stations over TCP. Numbers are big-endian.
 *
 * | bytes | |
 * |---|---|
 * | 0-2 | `DIM` |
 * | 3 | high four bits: words of 32 bits in the header; low four: type |
 * | 4-11 | transaction, absent in a header of two words |
 * | then 8 | pages and index, only in a header of six words |
 * | then 4 | length of the body |
 *
 * Headers of one, three and five words have no length: they are for datagrams.
 */
import { DimError } from 'dimp';

const CODES = {
  command: 0,
  'command-response': 1,
  message: 2,
  'message-response': 3,
  fragment: 10,
} as const;

/** What a packet is. */
export type MtpType = keyof typeof CODES;

const TYPES: ReadonlyMap<number, MtpType> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries(CODES).map(([type, code]) => [code, type as MtpType] as const),
);

/** Which part of a payload a fragment is. */
export interface MtpPage {
  /** From 0. */
  readonly index: number;
  /** How many there are. */
  readonly pages: number;
}

/** One packet. */
export interface MtpPacket {
  readonly type: MtpType;
  /** 64 bits that a response repeats. Without it the header has two words. */
  readonly transaction: bigint | undefined;
  /** Of fragments, and of the responses to them. */
  readonly page?: MtpPage | undefined;
  readonly body: Uint8Array;
}

/** A header that was read. */
export interface MtpHeader extends Omit<MtpPacket, 'body'> {
  /** Bytes of the header. */
  readonly size: number;
  /** Bytes of the body; undefined where the header does not say. */
  readonly length: number | undefined;
}

/** The first bytes of a header: `DIM`. */
export const MAGIC: readonly [number, number, number] = [0x44, 0x49, 0x4d];
/** Bytes of the longest header. */
export const LONGEST_HEADER = 24;

const MAX_PAGES = 2_097_152;
const MAX_LENGTH = 1024 * 1024 * 1024;
const MAX_TRANSACTION = 0xffff_ffff_ffff_ffffn;

/**
 * Writes a packet, header and body in one piece: deployed stations throw away a first piece that holds no whole header.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function encodePacket({ type, transaction, page, body }: MtpPacket): Uint8Array {
  checkParts(transaction, page, body);
  const size = transaction === undefined ? 8 : page === undefined ? 16 : LONGEST_HEADER;
  const bytes = new Uint8Array(size + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint8(3, (size << 2) | CODES[type]);
  if (transaction !== undefined) view.setBigUint64(4, transaction);
  if (page !== undefined) {
    view.setUint32(12, page.pages);
    view.setUint32(16, page.index);
  }
  view.setUint32(size - 4, body.length);
  bytes.set(body, size);
  return bytes;
}

function checkParts(transaction: bigint | undefined, page: MtpPage | undefined, body: Uint8Array): void {
  const wrong = (path: string, reason: string): DimError => new DimError('USAGE_ARGUMENT', reason, { path });
  if (transaction !== undefined && (transaction < 0n || transaction > MAX_TRANSACTION))
    throw wrong('transaction', 'must have 64 bits');
  if (page !== undefined && (transaction === undefined || !isPage(page)))
    throw wrong('page', `needs a transaction, 1 to ${MAX_PAGES} pages, and an index below`);
  if (body.length > MAX_LENGTH) throw wrong('body', `has more than ${MAX_LENGTH} bytes`);
}

/** Whole numbers, as they are written. */
function isPage({ index, pages }: MtpPage): boolean {
  return (
    Number.isInteger(pages) &&
    Number.isInteger(index) &&
    pages >= 1 &&
    pages <= MAX_PAGES &&
    index >= 0 &&
    index < pages
  );
}

/**
 * Reads the header that begins at an index, where `DIM` stands.
 * @returns the header; `short` when there are not enough bytes to tell; undefined when it is none
 */
export function readHeader(bytes: Uint8Array, start: number): MtpHeader | 'short' | undefined {
  const kind = bytes[start + 3];
  if (kind === undefined) return 'short';
  const words = kind >> 4;
  const type = TYPES.get(kind & 0x0f);
  if (type === undefined || words < 1 || words > 6) return undefined;
  const size = words * 4;
  if (start + size > bytes.length) return 'short';
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, size);
  const transaction = words < 3 ? undefined : view.getBigUint64(4);
  const page = words < 5 ? undefined : { pages: view.getUint32(12), index: view.getUint32(16) };
  if (page !== undefined && !isPage(page)) return undefined;
  const length = words % 2 === 1 ? undefined : view.getUint32(size - 4);
  if (length !== undefined && length > MAX_LENGTH) return undefined;
  return { type, transaction, page, size, length };
}

/** The transactions of one process: each packet that is sent has the next one. */
export class Transactions {
  #next: bigint;

  /** @param first any, if not given: whoever counts from the same number would be answered with the answers to others */
  constructor(first = crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n) {
    this.#next = BigInt.asUintN(64, first);
  }

  /** The next one. After the last one comes zero. */
  take(): bigint {
    const taken = this.#next;
    this.#next = BigInt.asUintN(64, taken + 1n);
    return taken;
  }
}
