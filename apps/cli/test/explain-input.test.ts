/** What `dim explain` is given: recorded in many ways, damaged, or far too much. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { MemoryStore, TextContent, type JsonMap } from 'dimp';
import { encodeBase64 } from 'dimp/extend';
import { encodePacket } from 'dimsdk/internal';
import { findPackages, MAX_COUNTED } from '../src/explain/find-packages.ts';
import { dim } from '../src/home/dim.ts';
import { personIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const nobody = personIn(folder, 'nobody');

/** A message with a meta and a visa in it, whose keys are PEM. */
let text: string;

before(async () => {
  const store = new MemoryStore();
  const [alice, bob] = [
    await dim.createUser({ name: 'Alice', visaAlgorithms: ['RSA'] }),
    await dim.createUser({ name: 'Bob', visaAlgorithms: ['RSA'] }),
  ];
  await dim.addUser(store, bob);
  await dim.addContact(store, { id: alice.id, meta: alice.meta, visas: alice.visas });
  const messenger = dim.messenger({ self: bob.id, store });
  text = new TextDecoder().decode(await messenger.pack(TextContent.create('Hi'), alice.id, { introduce: true }));
  assert.ok(text.includes('-----BEGIN '));
});

const explain = async (input: string | Uint8Array, ...options: readonly string[]) =>
  nobody.run(['explain', '-', ...options], { input });

async function found(input: string | Uint8Array, ...options: readonly string[]) {
  const { out } = await explain(input, '--json', ...options);
  return JSON.parse(out) as {
    readonly wrappings: readonly string[];
    readonly messages: readonly {
      readonly explanation: { readonly form: JsonMap };
      readonly otherwise: string | null;
    }[];
    readonly skipped: number;
    readonly more: number;
    readonly fault: JsonMap | null;
  };
}

test('a message that was cut off, or damaged, is said to be that', async () => {
  const middle = Math.floor(text.length / 2);
  const cases: readonly [string, RegExp][] = [
    [text.slice(0, middle), new RegExp(`a message in JSON, and is cut off after ${middle} characters`)],
    [text.slice(0, -1), /a message in JSON, and is cut off/],
    [` \n${text.slice(0, -2)}`, /a message in JSON, and is cut off/],
    [JSON.stringify(text).slice(0, -9), /cut off/],
    [`[${text}`, /cut off/],
    [`${text.slice(0, middle)}\n${text.slice(middle)}`, /a message in JSON, and is damaged/],
    [text.replace(':', ';'), /damaged/],
    ['{"a"', /begins as JSON, and is cut off/],
  ];
  for (const [input, says] of cases) {
    const { code, out } = await explain(input);
    assert.match(out, says);
    assert.ok(!out.includes('PEM'), out);
    assert.equal(code, 3);
  }
});

test('a key in PEM is one', async () => {
  const pem = '-----BEGIN PUBLIC KEY-----\nMFYw\n-----END PUBLIC KEY-----\n';
  assert.match((await explain(pem)).out, /a key in PEM/);
  assert.match((await explain(`Attributes\n${pem}`)).out, /a key in PEM/);
});

test('messages one a line, whatever each is in, and also where the last was cut off', async () => {
  const quoted = JSON.stringify(text);
  const base64 = encodeBase64(new TextEncoder().encode(text));
  const wrapped = base64.replaceAll(/.{76}/g, (line) => `${line}\n`);
  const capture = JSON.stringify(
    { packets: [{ body: text }, { body: 'PING' }, { body: base64 }, { at: 1 }] },
    undefined,
    2,
  );
  const inputs: readonly [string | Uint8Array, readonly string[], number][] = [
    [`${quoted}\n${quoted}\n`, ['lines', 'quotes'], 2],
    [`${base64}\r\n${base64}`, ['lines', 'base64'], 2],
    [wrapped, ['base64'], 1],
    [capture, ['capture'], 2],
    [`${JSON.stringify({ body: text })}\n${JSON.stringify({ body: text })}`, ['lines', 'capture'], 2],
    [`\u{feff}${text}`, ['byte-order-mark'], 1],
    [`\u{feff}${text}\n${text}`, ['byte-order-mark', 'lines'], 2],
    [Buffer.from(`\u{feff}${text}`, 'utf16le'), ['utf-16'], 1],
    [JSON.stringify(JSON.parse(text), undefined, 2), [], 1],
  ];
  for (const [input, wrappings, count] of inputs) {
    const { wrappings: seen, messages } = await found(input);
    assert.deepEqual(seen, wrappings);
    assert.deepEqual(
      messages.map(({ explanation, otherwise }) => [explanation.form['is'], otherwise]),
      Array.from({ length: count }, () => ['message', null]),
    );
  }
  const { messages } = await found(`${text}\n${text.slice(0, 100)}`);
  assert.match(messages[1]?.otherwise ?? '', /cut off/);
});

test('a packet that was cut off is missed', async () => {
  const packet = encodePacket({ type: 'message', transaction: 7n, body: new TextEncoder().encode(text) });
  const { code, out } = await explain(Buffer.concat([packet, packet.subarray(0, -5)]));
  assert.match(out, /What follows is broken: the last packet is cut off/);
  assert.equal(code, 3);
});

test('of many the first are explained, and the next ones on demand', async () => {
  const many = `${text}\n`.repeat(23);
  const { out } = await explain(many);
  assert.match(out, /^23 were one a line/);
  assert.match(out, /3 more are not explained: --skip 20 shows the next ones/);
  const rest = await found(many, '--skip', '20');
  assert.deepEqual([rest.messages.length, rest.skipped, rest.more], [3, 20, 0]);
  assert.match((await explain(many, '--skip', '30')).out, /no message behind the first 23, which are all/);
  const wrong = await explain(many, '--skip', '-1');
  assert.deepEqual([wrong.code, wrong.out], [2, '']);
  assert.match(wrong.err, /--skip must be a whole number/);
});

test('of millions no more is read than what is told', async () => {
  const lines = Buffer.alloc(12_000_000, '{}\n');
  const earlier = process.memoryUsage.rss();
  const { packages, more } = findPackages(lines, { skip: 0, take: 20 });
  assert.deepEqual([packages.length, more], [20, MAX_COUNTED]);
  assert.ok(process.memoryUsage.rss() - earlier < 200_000_000);
  const { out } = await explain(lines);
  assert.match(out, /^At least 1020 were one a line/);
  assert.match(out, /At least 1000 more are not explained/);
});

test('JSON of something else is told by what it has', async () => {
  const { code, out } = await explain('{"name":"dim\\u001b[2J","version":1,"a":1,"b":1,"c":1,"d":1}');
  assert.match(out, /This is JSON, and no message: a message has .* this has "name", "version", "a", "b", "c", more\./);
  assert.equal(code, 3);
});

test('without a home it says so, and how to name one', async () => {
  const { out } = await explain(text);
  assert.match(
    out.replaceAll(/\s+/g, ' '),
    /not opened: there is no identity in .*nobody\. Name another home with --home FOLDER/,
  );
});
