/** Choosing the key in a PEM text. Old files hold the public and the private key of a pair in one text. */
import { DimError } from 'mkm';
import { parsePem, type PemBlock } from '../coding/pem.ts';

/** As long as CERTIFICATE. */
const MAX_WORD_LENGTH = 11;

/** The labels of an algorithm's PEM blocks. */
export interface PemLabels {
  readonly publicLabels: readonly string[];
  readonly privateLabels: readonly string[];
  /** Labels of blocks that say nothing new. */
  readonly ignoredLabels: readonly string[];
}

/** How an algorithm reads its public keys from PEM blocks. */
export interface PemPublicKeyFormat<Public> extends PemLabels {
  readPublic(der: Uint8Array): Public;
  isSame(one: Public, other: Public): boolean;
}

/** How an algorithm reads its keys from PEM blocks. */
export interface PemKeyFormat<Public, Private> extends PemPublicKeyFormat<Public> {
  readPrivate(der: Uint8Array): Private;
  publicOf(key: Private): Public;
}

/** A public key and the DER that it came as. */
export interface PemPublicKey<Public> {
  readonly key: Public;
  readonly der: Uint8Array;
}

/**
 * The public key of a text that holds nothing else.
 * @throws DimError `INPUT_FORMAT`, `INPUT_KEY` for a private key, or for several public ones
 */
export function readPemPublicKey<Public>(text: string, format: PemPublicKeyFormat<Public>): PemPublicKey<Public> {
  const blocks = keyBlocks(text, format);
  if (blocks.some((block) => format.privateLabels.includes(block.label))) {
    throw new DimError('INPUT_KEY', 'holds a private key where a public key belongs');
  }
  const keys = blocks.map(({ der }) => ({ key: format.readPublic(der), der }));
  return onlyOne(keys, (one, other) => format.isSame(one.key, other.key));
}

/**
 * The private key of a text, which may also hold its public key.
 * @throws DimError `INPUT_FORMAT`, `INPUT_KEY` when there is none, or when the keys are not of one pair
 */
export function readPemPrivateKey<Public, Private>(text: string, format: PemKeyFormat<Public, Private>): Private {
  const blocks = keyBlocks(text, format);
  const keys = blocks
    .filter((block) => format.privateLabels.includes(block.label))
    .map((block) => format.readPrivate(block.der));
  const key = onlyOne(keys, (one, other) => format.isSame(format.publicOf(one), format.publicOf(other)));
  for (const { label, der } of blocks) {
    if (format.publicLabels.includes(label) && !format.isSame(format.readPublic(der), format.publicOf(key))) {
      throw new DimError('INPUT_KEY', 'holds a private key and a public key that is not its own');
    }
  }
  return key;
}

function keyBlocks(text: string, format: PemLabels): readonly PemBlock[] {
  const blocks = parsePem(text).filter(({ label }) => !format.ignoredLabels.includes(label));
  const known = [...format.publicLabels, ...format.privateLabels];
  const stranger = blocks.find(({ label }) => !known.includes(label));
  if (stranger !== undefined) {
    throw new DimError('INPUT_FORMAT', `holds ${nameOf(stranger)}, which is no key of this algorithm`);
  }
  return blocks;
}

/** What a label says, when it is made of words: it must not show what is none. */
function nameOf({ label }: PemBlock): string {
  return label.split(' ').every((word) => word.length <= MAX_WORD_LENGTH) ? `the PEM block ${label}` : 'a PEM block';
}

function onlyOne<T>(keys: readonly T[], isSame: (one: T, other: T) => boolean): T {
  const [first, ...others] = keys;
  if (first === undefined) throw new DimError('INPUT_KEY', 'holds no key of the kind that is needed');
  if (!others.every((other) => isSame(first, other))) throw new DimError('INPUT_KEY', 'holds different keys');
  return first;
}
