/**
 * PEM (RFC 7468): `-----BEGIN LABEL-----`, base64, `-----END LABEL-----`. With or without line breaks, and several
 * blocks in one text, which may say something else around them. Errors never show the text: it may be a private key.
 */
import { DimError } from 'mkm';
import { decodeBase64, encodeBase64 } from 'mkm/extend';

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
 * The blocks of a PEM text, one at least. Text around them says nothing: tools write there what they found in a file. In
 * one pass, without backtracking.
 * @throws DimError `INPUT_FORMAT`, `INPUT_LIMIT` for too many blocks, `UNSUPPORTED_ALGORITHM` when it is encrypted
 */
export function parsePem(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  for (let begin = text.indexOf(BEGIN); begin !== -1;) {
    if (blocks.length === MAX_BLOCKS) throw new DimError('INPUT_LIMIT', `has more than ${MAX_BLOCKS} PEM blocks`);
    const label = readLabel(text, begin + BEGIN.length);
    const start = begin + BEGIN.length + label.length + DASHES.length;
    const end = text.indexOf(DASHES, start);
    const footer = `-----END ${label}-----`;
    if (end === -1 || !text.startsWith(footer, end)) {
      throw new DimError('INPUT_FORMAT', 'a PEM block must end with the label that it begins with');
    }
    blocks.push({ label, der: decodeBody(label, text.slice(start, end)) });
    begin = text.indexOf(BEGIN, end + footer.length);
  }
  if (blocks.length === 0) throw new DimError('INPUT_FORMAT', 'must be PEM, with a line -----BEGIN ...-----');
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
  // Headers come with the old form of encryption, or with a comment.
  if (label.startsWith('ENCRYPTED') || body.includes('DEK-Info:') || body.includes('4,ENCRYPTED')) {
    throw new DimError('UNSUPPORTED_ALGORITHM', 'encrypted PEM is not supported');
  }
  if (body.includes(':')) throw new DimError('INPUT_FORMAT', 'headers in PEM are not supported');
  if (body.includes(String.raw`\n`)) {
    throw new DimError('INPUT_FORMAT', String.raw`has \n as two characters where a line break belongs`);
  }
  const der = decodeBase64(body.replaceAll(/[ \t\r\n]/g, ''));
  if (der.length === 0) throw new DimError('INPUT_FORMAT', 'a PEM block must not be empty');
  return der;
}
