/**
 * The data URLs and base64 texts of the web platform's tests for fetch. Browsers mend what they read; here one value
 * has one spelling, so much of it is refused. What is read gives the bytes and the media type that a browser gives.
 */
import { Buffer } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import { describeVectors } from '../../../../tests/support/public-vectors.ts';
import { DimError, TransportableData } from '../../src/index.ts';
import { decodeBase64 } from '../../src/extend.ts';

type DataUrl =
  | readonly [url: string, mimeType: string, bytes: readonly number[]]
  | readonly [url: string, mimeType: null, bytes?: undefined];
type Base64 = readonly [text: string, bytes: readonly number[] | null];

/** Classes of data URLs that browsers read, and that are refused here. */
const REFUSED: readonly (readonly [reason: string, pattern: RegExp])[] = [
  ['blanks and control characters in the header', /^data:[^,]*[\s\p{Cc}]/u],
  ['characters beyond ASCII in the header', /^data:[^,]*[^\p{ASCII}]/u],
  ['a media type without a subtype, or with escapes or a path', /^data:(?![^/,;%]+\/[^/,;%]+[;,])[^,;]/],
  ['parameters without a value, or none', /^data:[^,]*;(?![^,;=]+=)(?!base64,)/i],
  ['an escape that is none', /,.*%(?![\dA-F]{2})/i],
  ['base64 without its padding, or with escapes', /;base64,(?!(?:[A-Z\d+/]{4})*(?:[A-Z\d+/]{2}==|[A-Z\d+/]{3}=)?$)/i],
  ['a quoted parameter', /^data:[^,]*"/],
];

/** What reading gives: the value, or undefined for a DimError with a short message in one line. */
function readOrRefuse<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DimError)) throw error;
    if (!/^INPUT_FORMAT.{1,280}$/.test(error.message)) throw new Error('not one short line', { cause: error });
    return undefined;
  }
}

/** The media type as a browser writes it: in lower case, with the parameters. */
function mimeTypeOf({ mimeType, parameters }: TransportableData): string {
  const type = mimeType?.toLowerCase() ?? 'text/plain';
  const rest = [...parameters].filter(([, value]) => value !== '').map(([name, value]) => `;${name}=${value}`);
  return mimeType === undefined && parameters.size === 0 ? 'text/plain;charset=US-ASCII' : type + rest.join('');
}

describeVectors('data URLs', 'data-urls', (vectors) => {
  const urls = vectors.json<readonly DataUrl[]>('data-urls.json');
  const texts = vectors.json<readonly Base64[]>('base64.json');

  test.each(urls.map(([url, mimeType, bytes]) => ({ url, mimeType, bytes })))('$url', ({ url, mimeType, bytes }) => {
    const data = readOrRefuse(() => {
      const read = TransportableData.parse(url);
      return { mimeType: mimeTypeOf(read), bytes: [...read.bytes], wire: read.toJSON() };
    });
    const isRefused = bytes === undefined || REFUSED.some(([, pattern]) => pattern.test(url));
    // This is no URL of a page: a body has no fragment, `#` is a character of it.
    const expected = url === 'data:,X#X' ? [88, 35, 88] : bytes;
    expect(data).toEqual(isRefused ? undefined : { mimeType, bytes: expected, wire: url });
  });

  test.each(REFUSED)('among what browsers read there are, and are refused: %s', (_reason, pattern) => {
    const others = REFUSED.map(([, other]) => other).filter((other) => other !== pattern);
    const alone = urls.filter(
      ([url, none]) => none !== null && pattern.test(url) && !others.some((one) => one.test(url)),
    );
    expect(alone.length).toBeGreaterThan(0);
  });

  describe('base64', () => {
    test.each(texts)('%j', (text, bytes) => {
      const read = readOrRefuse(() => decodeBase64(text));
      const canonical = bytes !== null && Buffer.from(bytes).toString('base64') === text.replaceAll(/[\r\n]/g, '');
      expect(read && [...read]).toEqual(canonical ? bytes : undefined);
    });
  });
});
