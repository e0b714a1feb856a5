/** Packages: what arrives from the network as bytes. */
import { Buffer } from 'node:buffer';
import { stringifyJson, type Envelope, type JsonMap, type ReliableMessage } from 'dimp';
import { decodeUtf8, parseJsonMap } from 'dimp/extend';
import { writeJson } from 'dimp/internal';
import { expect } from '../finding.ts';
import { attempt, checkGlobals, type Outcome } from '../invariants.ts';
import type { Target } from '../target.ts';
import { again, dim } from './context.ts';
import { casesOf, inputsOf } from './vectors.ts';

/** Short names, and what they stand for. */
const LONG: ReadonlyMap<string, string> = new Map(
  Object.entries({
    F: 'sender',
    R: 'receiver',
    W: 'time',
    T: 'type',
    G: 'group',
    D: 'data',
    V: 'signature',
    M: 'meta',
    P: 'visa',
  }),
);

const cases = casesOf('messages');

export const target: Target = {
  name: 'packages',
  isJson: true,
  seeds: [
    ...inputsOf(cases.map(({ message }) => message)),
    ...cases.flatMap((item) =>
      typeof item['package'] === 'string' ? [new TextEncoder().encode(item['package'])] : [],
    ),
  ],
  run(input) {
    const before = Buffer.from(input);
    const full = attempt(() => dim.ReliableMessage.decode(input));
    const envelope = attempt(() => dim.Envelope.decode(input));
    const secure = attempt(() => dim.SecureMessage.decode(input));
    expect(before.equals(input), 'reading changed the bytes');
    checkSkipped(envelope, input);
    checkLarge(input);
    if (full.ok) {
      expect(envelope.ok && secure.ok, 'a message has no envelope');
      checkSameEnvelope(full.value.envelope, envelope.value);
      checkSameEnvelope(full.value.envelope, secure.value.envelope);
      checkMessage(full.value, input);
    }
    checkGlobals();
  },
};

/** Of so many bytes an envelope skips the payload, and a message takes the text as it stands. */
const MUCH = `"${'A'.repeat(8192)}"`;
const MUCH_IN = ['data', 'D', 'more'];

/** The envelope is that of whoever reads all of the package. */
function checkSkipped(envelope: Outcome<Envelope>, input: Uint8Array): void {
  checkSameOutcome(
    attempt(() => dim.Envelope.parse(parseJsonMap(decodeUtf8(input)))),
    envelope,
  );
}

/** So it is with much payload, and the message is the one in the text. */
function checkLarge(input: Uint8Array): void {
  const end = Buffer.from(input).lastIndexOf('}');
  if (end === -1) return;
  const member = Buffer.from(`,"${MUCH_IN[input.length % MUCH_IN.length]}":${MUCH}`);
  const large = Buffer.concat([input.subarray(0, end), member, input.subarray(end)]);
  checkSkipped(
    attempt(() => dim.Envelope.decode(large)),
    large,
  );
  const [inText, inBytes] = [
    attempt(() => dim.ReliableMessage.parse(parseJsonMap(decodeUtf8(large)))),
    attempt(() => dim.ReliableMessage.decode(large)),
  ].map((read) => (read.ok ? writeJson(read.value.fields) : read.error.message));
  expect(inText === inBytes, 'a message in bytes is another than in text', () => `${inText} ${inBytes}`);
}

function checkSameOutcome(whole: Outcome<Envelope>, envelope: Outcome<Envelope>): void {
  if (whole.ok) {
    expect(envelope.ok, 'an envelope is refused', () => (envelope.ok ? '' : envelope.error.message));
    return checkSameEnvelope(whole.value, envelope.value);
  }
  // What is no JSON, or a number that is too long or too large, may be in payload, which nobody has read.
  if (/^must be JSON$|digits|is not a JSON number/.test(whole.error.reason)) return;
  const message = envelope.ok ? 'none' : envelope.error.message;
  expect(message === whole.error.message, 'an envelope has another error', () => `${whole.error.message} ${message}`);
}

function checkSameEnvelope(one: Envelope, other: Envelope): void {
  const [a, b] = [one, other].map(({ sender, receiver, time, group, type }) =>
    JSON.stringify([sender, receiver, time, group, type]),
  );
  expect(a === b, 'the envelope alone differs', () => `${a} ${b}`);
}

function checkMessage(message: ReliableMessage, input: Uint8Array): void {
  const { fields } = message;
  expect(attempt(() => message.dataBytes).ok, 'the data of a message does not decode');
  expect(message.signature.length > 0, 'a message without a signature');
  checkKept(fields, input);
  for (const shortNames of [false, true]) {
    const bytes = attempt(() => message.encode({ shortNames }));
    // A lone surrogate can be read in an escape, and not be written.
    if (!bytes.ok)
      return expect(
        /\\ud[89a-f]/i.test(JSON.stringify(plain(fields))),
        'a message cannot be written',
        () => bytes.error.message,
      );
    const read = attempt(() => again.ReliableMessage.decode(bytes.value));
    expect(read.ok, 'what was written cannot be read', () => (read.ok ? '' : read.error.message));
    expect(stringifyJson(read.value.fields) === stringifyJson(fields), 'writing and reading again changes fields');
    checkSameEnvelope(read.value.envelope, message.envelope);
  }
}

/** Every field of the input is there, under its long name; null gives way to the value of its other name. */
function checkKept(fields: JsonMap, input: Uint8Array): void {
  const wire = parseJsonMap(decodeUtf8(input));
  const longOf = (name: string) =>
    name === 'K' ? (typeof wire['K'] === 'string' ? 'key' : 'keys') : (LONG.get(name) ?? name);
  for (const [name, value] of Object.entries(wire)) {
    const long = longOf(name);
    const kept = Object.hasOwn(fields, long) ? fields[long] : undefined;
    const hasTwin = Object.keys(wire).some((other) => other !== name && longOf(other) === long);
    if (value === null && hasTwin && kept !== undefined) continue;
    expect(JSON.stringify(plain(kept)) === JSON.stringify(plain(value)), 'a field is lost', () => name);
  }
}

/** Without long integers, which JSON.stringify does not write. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (_name, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item)),
  );
}
