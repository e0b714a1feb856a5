/**
 * PEM (RFC 7468): `-----BEGIN LABEL-----`, base64, `-----END LABEL-----`. With or without line breaks, and several
 * blocks in one text. Errors never show the text: it may be a private key.
 */
import { decodeBase64, DimError, encodeBase64 } from 'mkm';

/** One block of a PEM text. */
export interface PemBlock {
  readonly label: string;
  readonly der: Uint8Array;
}

const BEGIN = '-----BEGIN ';
const DASHES = '-----';
const LINE_LENGTH = 64;
const MAX_BLOCKS = 8;
const MAX_LABEL_LENGTH = 32;

/** Whether a text is meant to be PEM. */
export function looksLikePem(text: string): boolean {
  return text.includes(BEGIN);
}

/**
 * The blocks of a PEM text, one at least. In one pass, without backtracking.
 * @throws DimError `INPUT_FORMAT`, `INPUT_LIMIT` for too many blocks, `UNSUPPORTED_ALGORITHM` when it is encrypted
 */
export function parsePem(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  let offset = skipBlanks(text, 0);
  while (offset < text.length) {
    if (blocks.length === MAX_BLOCKS) throw new DimError('INPUT_LIMIT', `has more than ${MAX_BLOCKS} PEM blocks`);
    if (!text.startsWith(BEGIN, offset)) throw new DimError('INPUT_FORMAT', 'must be PEM and nothing else');
    const label = readLabel(text, offset + BEGIN.length);
    const start = offset + BEGIN.length + label.length + DASHES.length;
    const end = text.indexOf(DASHES, start);
    const footer = `-----END ${label}-----`;
    if (end === -1 || !text.startsWith(footer, end)) {
      throw new DimError('INPUT_FORMAT', 'a PEM block must end with the label that it begins with');
    }
    blocks.push({ label, der: decodeBody(label, text.slice(start, end)) });
    offset = skipBlanks(text, end + footer.length);
  }
  if (blocks.length === 0) throw new DimError('INPUT_FORMAT', 'must be PEM');
  return blocks;
}

/** A PEM text of one block, in lines of 64 characters, without a line break at its end. */
export function encodePem(label: string, der: Uint8Array): string {
  const body = encodeBase64(der);
  const lines = [`-----BEGIN ${label}-----`];
  for (let start = 0; start < body.length; start += LINE_LENGTH) lines.push(body.slice(start, start + LINE_LENGTH));
  lines.push(`-----END ${label}-----`);
  return lines.join('\n');
}

function readLabel(text: string, start: number): string {
  // Cut first: the search for the dashes must not run through the whole text.
  const [label, rest] = text.slice(start, start + MAX_LABEL_LENGTH + DASHES.length).split(DASHES, 2);
  if (label === undefined || rest === undefined || !/^[A-Z0-9]+(?: [A-Z0-9]+)*$/.test(label)) {
    throw new DimError('INPUT_FORMAT', 'a PEM block must begin with a label');
  }
  return label;
}

function decodeBody(label: string, body: string): Uint8Array {
  // Headers, with a colon, come with the old form of encryption.
  if (label.startsWith('ENCRYPTED') || body.includes(':')) {
    throw new DimError('UNSUPPORTED_ALGORITHM', 'encrypted PEM is not supported');
  }
  const der = decodeBase64(body.replaceAll(/[ \t\r\n]/g, ''));
  if (der.length === 0) throw new DimError('INPUT_FORMAT', 'a PEM block must not be empty');
  return der;
}

function skipBlanks(text: string, start: number): number {
  let offset = start;
  while (offset < text.length && ' \t\r\n'.includes(text.charAt(offset))) offset++;
  return offset;
}
