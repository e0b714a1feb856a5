/** Changes to texts, and to the bytes that texts stand for. */
import { Buffer } from 'node:buffer';
import { WORDS } from './dictionary.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateDer } from './mutate-der.ts';
import type { Random } from './random.ts';

/** A text with a change; where it is base64 or PEM, often one of what it stands for. */
export function mutateText(text: string, random: Random, other: string): string {
  if (!random.oneIn(4)) {
    const inner = mutateMeaning(text, random);
    if (inner !== undefined) return inner;
  }
  const at = random.below(text.length + 1);
  const count = 1 + random.below(random.oneIn(4) ? 40 : 3);
  switch (random.below(9)) {
    case 0:
      return random.pick(WORDS);
    case 1:
      return text.slice(0, at) + random.pick(WORDS) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + count);
    case 3:
      return text.slice(0, at);
    case 4:
      return text.slice(0, at) + text.slice(at, at + count) + text.slice(at);
    case 5:
      return (
        text.slice(0, at) + String.fromCharCode(random.below(random.oneIn(4) ? 0x10000 : 0x80)) + text.slice(at + 1)
      );
    case 6:
      return text.slice(0, at) + other.slice(random.below(other.length + 1));
    case 7:
      return random.oneIn(2) ? text.toLowerCase() : text.toUpperCase();
    default:
      // Long runs of one character find what is slow.
      return text.slice(0, at) + text.charAt(at).repeat(1 + random.below(400)) + text.slice(at);
  }
}

const PEM = /(-----BEGIN [^-]*-----)([^-]*)(-----END)/;
const BASE64 = /^[A-Za-z0-9+/\s]{8,}={0,2}\s*$/;

function mutateMeaning(text: string, random: Random): string | undefined {
  const pem = PEM.exec(text);
  if (pem !== null)
    return text.replace(PEM, (_all, begin: string, body: string, end: string) => begin + inBase64(body, random) + end);
  const comma = text.startsWith('data:') ? text.indexOf(',') + 1 : 0;
  const body = text.slice(comma);
  return BASE64.test(body) ? text.slice(0, comma) + inBase64(body, random) : undefined;
}

function inBase64(body: string, random: Random): string {
  const bytes = new Uint8Array(Buffer.from(body, 'base64'));
  const isDer = bytes[0] === 0x30 && !random.oneIn(3);
  const mutant = isDer ? mutateDer(bytes, random) : mutateBytes(bytes, random, bytes);
  return Buffer.from(mutant).toString('base64');
}
