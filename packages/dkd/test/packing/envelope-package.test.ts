import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { standardPlugin } from 'dimplugins';
import { createMessageContext, DimError, stringifyJson, type Envelope, type MessageContext } from '../../src/index.ts';
import { decodeUtf8, encodeUtf8, parseJsonMap } from '../../src/extend.ts';
import { MESSAGE_NAMES } from '../../src/packing/short-names.ts';
import { PAYLOAD_FIELDS } from '../../src/packing/payload-names.ts';
import { ALICE, BOB, context, errorOf, GROUP } from '../world.ts';

/** Enough to be skipped where it is payload. */
const LARGE = 'A'.repeat(4096);

/** What reading gives: the envelope, and what is left of the fields. */
function outcome(read: () => Envelope): readonly unknown[] {
  try {
    const { sender, receiver, time, group, type, fields } = read();
    const left = Object.entries(fields).filter(([name]) => !PAYLOAD_FIELDS.some((payload) => payload === name));
    return [...[sender, receiver, time, group, type].map(String), stringifyJson(Object.fromEntries(left))];
  } catch (error) {
    if (error instanceof DimError) return [error.message];
    throw error;
  }
}

/** As if all of it were read. */
function wholly(bytes: Uint8Array, reader: MessageContext = context): readonly unknown[] {
  return outcome(() => reader.Envelope.parse(parseJsonMap(decodeUtf8(bytes), reader.limits)));
}

const decoded = (bytes: Uint8Array, reader: MessageContext = context) => outcome(() => reader.Envelope.decode(bytes));

describe('the envelope in a package', () => {
  test.each([100, 1000, 4096, 300_000])('has no payload, and all else, with %d bytes of it', (size) => {
    const payload = { content: { a: 1 }, key: 'AAAA', keys: { a: 'AAAA' }, meta: {}, visa: { b: '"' } };
    const signed = { data: 'A'.repeat(size), signature: 'AAAA', envelope_proof: {} };
    const rest = { traces: [1, '"}'], IV: 'AAAA', 你: '😀' };
    const map = {
      sender: ALICE.toString(),
      ...payload,
      receiver: GROUP.toString(),
      time: 1.5,
      ...rest,
      ...signed,
      type: '1',
    };
    const envelope = context.Envelope.decode(encodeUtf8(JSON.stringify(map)));
    expect(envelope.fields).toEqual({
      sender: ALICE.toString(),
      receiver: GROUP.toString(),
      time: 1.5,
      type: '1',
      ...rest,
    });
    expect(Object.isFrozen(envelope.fields)).toBe(true);
    expect([envelope.sender, envelope.receiver, envelope.time, envelope.type]).toEqual([ALICE, GROUP, 1.5, '1']);
    const short = {
      F: ALICE.toString(),
      R: BOB.toString(),
      D: map.data,
      V: 'AAAA',
      K: {},
      M: {},
      P: {},
      T: 1,
      from: '/x',
    };
    const { fields } = context.Envelope.decode(encodeUtf8(JSON.stringify(short)));
    expect(fields).toEqual({ sender: ALICE.toString(), receiver: BOB.toString(), type: 1, from: '/x' });
  });

  test('of payload it is seen where it ends, and no more', () => {
    const bytes = encodeUtf8(
      `{"data":"${LARGE}\n","sender":"${ALICE.toString()}","keys":{"a":nothing,},"signature":x}`,
    );
    expect(context.Envelope.decode(bytes).sender).toEqual(ALICE);
    expect(wholly(bytes)).toEqual(['INPUT_FORMAT: must be JSON']);
  });

  test.each([
    ['not UTF-8', `{"sender":"${ALICE.toString()}","data":"${LARGE}\u00ff"}`, 'INPUT_FORMAT', ''],
    ['cut off', `{"sender":"${ALICE.toString()}","data":"${LARGE}`, 'INPUT_FORMAT', ''],
    ['of two data', `{"sender":"${ALICE.toString()}","data":"${LARGE}","D":"AAAA"}`, 'INPUT_CONFLICT', 'D'],
    [
      'of two data, by an escape',
      `{"sender":"${ALICE.toString()}","D":"${LARGE}","dat\\u0061":"AAAA"}`,
      'INPUT_CONFLICT',
      'D',
    ],
    ['of two keys', `{"sender":"${ALICE.toString()}","key":"${LARGE}","K":"AAAA"}`, 'INPUT_CONFLICT', 'K'],
    [
      'of two senders',
      `{"sender":"${ALICE.toString()}","data":"${LARGE}","F":"${BOB.toString()}"}`,
      'INPUT_CONFLICT',
      'F',
    ],
    ['without a sender', `{"data":"${LARGE}"}`, 'INPUT_MISSING', 'sender'],
    ['a list', `["${LARGE}"]`, 'INPUT_TYPE', ''],
    [
      'too deep',
      `{"sender":"${ALICE.toString()}","data":${'['.repeat(64)}"${LARGE}"${']'.repeat(64)}}`,
      'INPUT_LIMIT',
      'data',
    ],
  ])('is refused as by whoever reads it all: %s', async (_name, text, code, path) => {
    const bytes = Uint8Array.from(Buffer.from(text, text.includes('\u00ff') ? 'latin1' : 'utf8'));
    const error = await errorOf(() => context.Envelope.decode(bytes));
    expect(error).toMatchObject({ code });
    expect(error.path.split(/[.[]/, 1)[0]).toBe(path);
  });

  test('of a name that is there twice, the last one counts', () => {
    const bytes = encodeUtf8(
      `{"sender":"${BOB.toString()}","data":1,"data":"${LARGE}","sender":"${ALICE.toString()}"}`,
    );
    expect(context.Envelope.decode(bytes).sender).toEqual(ALICE);
  });
});

const ids = fc.constantFrom(ALICE.toString(), BOB.toString(), GROUP.toString(), 'anyone@anywhere', 'bad', null);
const value = fc.oneof(
  ids,
  fc.nat(3),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('AAAA', LARGE, 2n ** 70n, { a: [LARGE] }),
);
const knownName = fc.constantFrom('sender', 'F', 'receiver', ...MESSAGE_NAMES.keys(), ...MESSAGE_NAMES.values());
const otherName = fc.constantFrom(
  'key',
  'K',
  'content',
  'envelope_proof',
  '__proto__',
  'traces',
  'constructor',
  '',
  '你',
);

/** A name as JSON may have it. */
const writtenName = fc.tuple(fc.oneof(knownName, otherName), fc.integer({ min: 0, max: 20 })).map(([name, at]) => {
  const code = name.charCodeAt(at).toString(16).padStart(4, '0');
  return at < name.length ? `"${name.slice(0, at)}\\u${code}${name.slice(at + 1)}"` : JSON.stringify(name);
});
const plainName = fc.oneof(knownName, otherName).map((name) => JSON.stringify(name));

/** The text of a package, with whatever a writer may do: any order, names twice, short and escaped ones, blanks. */
const packageText = fc
  .tuple(
    fc.array(fc.tuple(fc.oneof({ weight: 9, arbitrary: plainName }, writtenName), value), { maxLength: 8 }),
    fc.constantFrom('', ' ', '\n\t', '  '),
    fc.constantFrom('data', 'D', 'visa', 'more'),
    fc.nat(8),
  )
  .map(([fields, blank, large, at]) => {
    const members = fields.map(([name, item]) => `${name}${blank}:${blank}${jsonOf(item)}`);
    members.splice(at, 0, `"${large}":"${LARGE}"`, `"sender":"${ALICE.toString()}"`);
    return `${blank}{${blank}${members.join(`${blank},${blank}`)}${blank}}${blank}`;
  });

function jsonOf(item: unknown): string {
  return typeof item === 'bigint' ? item.toString() : JSON.stringify(item);
}

describe('any package', () => {
  test('has the same envelope or the same error as if all of it were read', () => {
    fc.assert(
      fc.property(packageText, (text) => {
        const bytes = encodeWell(text);
        expect(decoded(bytes)).toEqual(wholly(bytes));
      }),
      { numRuns: 500 },
    );
  });

  test('has the same limits', () => {
    fc.assert(
      fc.property(packageText, fc.nat(6), fc.nat(20), (text, jsonDepth, jsonValues) => {
        const strict = createMessageContext({ plugins: [standardPlugin()], limits: { jsonDepth, jsonValues } });
        const bytes = encodeWell(text);
        expect(decoded(bytes, strict)).toEqual(wholly(bytes, strict));
      }),
      { numRuns: 100 },
    );
  });

  test('that is damaged has the same envelope or the same error, but for what is in payload', () => {
    const damage = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(...Array.from('{}[]",:\\ \nu1x\u00ff')),
    );
    fc.assert(
      fc.property(packageText, fc.array(damage, { minLength: 1, maxLength: 3 }), (text, damages) => {
        const bytes = encodeWell(text);
        for (const [at, character] of damages) bytes[Math.floor(at * (bytes.length - 1))] = character.charCodeAt(0);
        const [read, all] = [decoded(bytes), wholly(bytes)];
        // Who reads it all may see in payload what nobody else has read.
        const mayBeSkipped = /must be JSON$|digits|is not a JSON number/.test(String(all[0]));
        expect(mayBeSkipped || read).toEqual(mayBeSkipped || all);
      }),
      { numRuns: 500 },
    );
  });
});

/** JSON may have a part of a character, by an escape alone. */
function encodeWell(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text));
}
