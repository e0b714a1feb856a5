import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { NetworkFile, TransportableData, type JsonMap } from '../../src/index.ts';
import { createCodec, decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from '../../src/extend.ts';
import { isDataUri, parseDataUri } from '../../src/wire/data-uri.ts';
import { anything, base64, bytes, dataUri, mutated, networkFileMap, text, transportableData } from './arbitraries.ts';
import { assertContract, freeze, outcomeOf, show } from '../../../../tests/support/codec-contract.ts';

const base64Codec = createCodec((input) => decodeBase64(String(input)));

describe('bytes as text', () => {
  test('base64 has one spelling: another character means other bytes, or is refused', () => {
    const letter = fc.constantFrom(...Array.from('ABQagw019+/=-_ \n'));
    fc.assert(
      fc.property(base64, fc.nat(), letter, (written, at, character) => {
        const index = at % written.length;
        fc.pre(written.charAt(index) !== character);
        const changed = written.slice(0, index) + character + written.slice(index + 1);
        const outcome = outcomeOf(base64Codec, changed);
        if ('error' in outcome) expect(outcome.error.code).toBe('INPUT_FORMAT');
        else {
          expect(outcome.value).not.toEqual(decodeBase64(written));
          expect(encodeBase64(outcome.value)).toBe(changed);
        }
      }),
      { numRuns: 120 },
    );
  });

  test('UTF-8 has one spelling: any bytes are refused, or are written again as they were', () => {
    const codec = createCodec((input) => decodeUtf8(input as Uint8Array));
    fc.assert(
      fc.property(fc.oneof(text.map(encodeUtf8), fc.uint8Array({ maxLength: 8 })), (input) => {
        const outcome = outcomeOf(codec, input);
        if ('value' in outcome) expect(encodeUtf8(outcome.value)).toEqual(input);
        else expect(outcome.error.code).toBe('INPUT_FORMAT');
      }),
    );
  });

  test('a data URI gives the bytes that were put in', () => {
    fc.assert(
      fc.property(bytes, (body) => {
        const percent = Array.from(body, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
        expect(parseDataUri(`data:,${percent}`).bytes).toEqual(body);
        expect(parseDataUri(`data:image/png;a=b;base64,${encodeBase64(body)}`).bytes).toEqual(body);
      }),
    );
  });
});

describe('TED', () => {
  test('each form is written again as it was read, and means the same bytes', () => {
    fc.assert(
      fc.property(transportableData, (wire) => {
        const data = TransportableData.parse(freeze(wire));
        expect(show(data.toJSON())).toBe(show(wire));
        const again = TransportableData.parse(data.toJSON());
        expect(again.bytes).toEqual(data.bytes);
        expect([again.encoding, again.mimeType, again.parameters]).toEqual([
          data.encoding,
          data.mimeType,
          data.parameters,
        ]);
        if (data.bytes.length > 0) expect(TransportableData.parse(data.toString()).bytes).toEqual(data.bytes);
      }),
      { numRuns: 80 },
    );
  });

  test('bytes go out and come in', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom(undefined, 'image/png'), (body, mimeType) => {
        const data = TransportableData.fromBytes(body, mimeType === undefined ? {} : { mimeType });
        const read = TransportableData.parse(JSON.parse(JSON.stringify(data)));
        expect([read.bytes, read.mimeType]).toEqual([body, mimeType]);
      }),
    );
  });

  test('anything else is refused with one answer', () => {
    assertContract(TransportableData, anything, 60);
    assertContract(TransportableData, mutated(base64.map((data): JsonMap => ({ algorithm: 'base64', data }))));
    assertContract(
      TransportableData,
      text.map((more) => `data:${more}`),
    );
  });
});

describe('PNF', () => {
  test('the map is written without loss; the short forms stand for a URL or for the data alone', () => {
    fc.assert(
      fc.property(networkFileMap, (wire) => {
        const file = NetworkFile.parse(freeze(wire));
        expect(show(file.fields)).toBe(show(wire));
        const written = file.toJSON();
        const again = NetworkFile.parse(written);
        expect([again.url, again.key, again.data?.bytes]).toEqual([file.url, file.key, file.data?.bytes]);
        // Only the bare URL leaves the file name away: that is its form in the protocol.
        if (typeof written !== 'string') expect(show(again.fields)).toBe(show(wire));
        else if (isDataUri(written)) expect(show(again.fields)).toBe(show(wire));
        else expect(Object.keys(wire).filter((name) => name !== 'URL' && name !== 'filename')).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  test('the map as JSON text is the same file', () => {
    fc.assert(
      fc.property(networkFileMap, (wire) => {
        const { fields } = NetworkFile.parse(wire);
        expect(NetworkFile.parse(JSON.stringify(fields, bigintAsText)).url).toBe(NetworkFile.parse(wire).url);
      }),
    );
  });

  test('anything else is refused with one answer', () => {
    assertContract(NetworkFile, anything, 60);
    assertContract(NetworkFile, mutated(networkFileMap), 60);
    assertContract(
      NetworkFile,
      dataUri.map((uri) => uri.slice(0, -1)),
    );
  });
});

function bigintAsText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
