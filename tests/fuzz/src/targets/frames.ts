/** Frames: what arrives from the network as a stream, before it is a message; and what is answered to a message. */
import { Buffer } from 'node:buffer';
import { decodeUtf8 } from 'dimp/extend';
import { acknowledgementOf, encodePacket, MtpDecoder, MtpFragments, type MtpPacket } from 'dimsdk/internal';
import { expect } from '../finding.ts';
import { attempt, checkError, checkGlobals } from '../invariants.ts';
import type { Target } from '../target.ts';
import { casesOf, inputsOf } from './vectors.ts';

/** Small, so that inputs reach it. */
const PAYLOAD_BYTES = 200;

const body = (text: string): Uint8Array => new TextEncoder().encode(text);
const PACKETS: readonly MtpPacket[] = [
  { type: 'command', transaction: 1n, body: body('PING') },
  { type: 'command-response', transaction: undefined, body: body('PONG') },
  { type: 'message', transaction: 2n ** 64n - 1n, body: body('{"a":1}') },
  { type: 'fragment', transaction: 7n, page: { pages: 2, index: 1 }, body: body('"b":2}') },
  { type: 'fragment', transaction: 7n, page: { pages: 2, index: 0 }, body: body('{"a":1,') },
  { type: 'message-response', transaction: 7n, page: { pages: 2, index: 0 }, body: body('OK') },
];

export const target: Target = {
  name: 'frames',
  isJson: false,
  seeds: [
    ...PACKETS.map(encodePacket),
    new Uint8Array(Buffer.concat(PACKETS.map(encodePacket))),
    ...inputsOf(casesOf('messages').map(({ message }) => message)),
    body('{"visa":{"signature":"x","time":1},"time":2.50,"signature":"y\\"","data":"[{"}'),
  ],
  run(input) {
    const before = Buffer.from(input);
    const whole = decodedFrom([input]);
    for (const size of [1, 1 + (input[0] ?? 0)]) checkSame(whole, decodedFrom(inPieces(input, size)), size);
    for (const packet of whole.packets)
      expect(before.includes(Buffer.from(encodePacket(packet))), 'a packet is none of those that came', () =>
        shown(packet),
      );
    checkJoined(whole.packets);
    const text = attempt(() => decodeUtf8(input));
    if (text.ok) checkAcknowledgement(text.value);
    expect(before.equals(input), 'reading changed the bytes');
    checkGlobals();
  },
};

/** What comes of pieces. */
interface Decoded {
  readonly packets: readonly MtpPacket[];
  readonly code: string | undefined;
}

function decodedFrom(pieces: Iterable<Uint8Array>): Decoded {
  const decoder = new MtpDecoder(PAYLOAD_BYTES);
  const packets: MtpPacket[] = [];
  try {
    for (const piece of pieces) for (const packet of decoder.packets(piece)) packets.push(packet);
  } catch (error) {
    return { packets, code: checkError(error).code };
  }
  return { packets, code: undefined };
}

function* inPieces(input: Uint8Array, size: number): Generator<Uint8Array> {
  for (let index = 0; index < input.length; index += size) yield input.subarray(index, index + size);
}

function checkSame(one: Decoded, other: Decoded, size: number): void {
  expect(one.code === other.code, 'pieces end in another error', () => `${size}: ${one.code} ${other.code}`);
  const [a, b] = [one, other].map(({ packets }) => packets.map(shown).join('\n'));
  expect(a === b, 'pieces give other packets', () => `${size}: ${a}\n${b}`);
}

/** What is joined is the bytes of its fragments, each once, in their order. */
function checkJoined(packets: readonly MtpPacket[]): void {
  const fragments = new MtpFragments(PAYLOAD_BYTES);
  const seen = new Map<string, Uint8Array>();
  for (const packet of packets) {
    if (packet.type !== 'fragment') continue;
    const { transaction, page } = packet;
    const place = (index: number): string => `${String(transaction)} ${index}`;
    if (page !== undefined && !seen.has(place(page.index))) seen.set(place(page.index), packet.body);
    const joined = attempt(() => fragments.join(packet, 0));
    if (!joined.ok) return;
    if (joined.value === undefined || joined.value === 'acknowledge' || page === undefined) continue;
    const parts = Array.from({ length: page.pages }, (_each, index) => seen.get(place(index)) ?? new Uint8Array(0));
    expect(Buffer.concat(parts).equals(joined.value.bytes), 'what is joined is something else');
  }
}

function checkAcknowledgement(text: string): void {
  const acknowledgement = acknowledgementOf(text);
  const message = parsed(text);
  if (acknowledgement !== undefined) {
    const read = parsed(acknowledgement.slice('ACK:'.length));
    expect(
      acknowledgement.startsWith('ACK:') && read !== undefined && Object.keys(read).join() === 'time,signature',
      'an acknowledgement is none',
      () => acknowledgement,
    );
    if (message !== undefined)
      expect(
        isOneOf(read['time'], message['time'], message['W']) &&
          isOneOf(read['signature'], message['signature'], message['V']),
        'an acknowledgement is of something else',
        () => acknowledgement,
      );
    return;
  }
  // Its names may be written with escapes, which nobody does.
  if (message === undefined || 'V' in message || 'W' in message || /\\|\n/.test(text)) return;
  const { time, signature } = message;
  const isTime = typeof time === 'number' && time > 1e9 && time < 1e10;
  const isMessage = isTime && typeof signature === 'string' && /^[\w+/=]+$/.test(signature);
  expect(!isMessage || /\d{40}/.test(text), 'a message is not acknowledged', () => text);
}

const isOneOf = (value: unknown, ...others: readonly unknown[]): boolean => others.includes(value);

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

const shown = ({ type, transaction, page, body: bytes }: MtpPacket): string =>
  `${type} ${String(transaction)} ${page === undefined ? '' : `${page.index}/${page.pages}`} ${Buffer.from(bytes).toString('hex')}`;
