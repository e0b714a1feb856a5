/** `dim explain`: whatever the file has, it says what that is, and changes nothing. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, test } from 'node:test';
import { MemoryStore, TextContent, type JsonMap } from 'dimp';
import { encodeBase64, textOf } from 'dimp/extend';
import { encodePacket } from 'dimsdk/internal';
import type { Call } from '../src/command/call.ts';
import { withCopiedHome } from '../src/explain/copied-home.ts';
import { dim } from '../src/home/dim.ts';
import { personIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const alice = personIn(folder, 'alice');
const home = join(folder, 'alice');

/** A text of Bob for Alice, who does not know him. */
let bytes: Uint8Array;
let text: string;
let card: string;

before(async () => {
  await alice.json('id', 'new', '--name', 'Alice');
  const { out } = await alice.run(['id', 'show', '--contact']);
  card = out;
  const contact = JSON.parse(out) as { readonly id: string; readonly meta: object; readonly visas: readonly object[] };
  const id = dim.ID.parse(contact.id);
  const store = new MemoryStore();
  const bob = await dim.createUser({ name: 'Bob' });
  await dim.addUser(store, bob);
  const visas = contact.visas.map((visa) => dim.Document.parse(visa));
  await dim.addContact(store, { id, meta: dim.Meta.parse(contact.meta), visas });
  bytes = await dim
    .messenger({ self: bob.id, store })
    .pack(TextContent.create('Hi\u001b[2J Alice'), id, { introduce: true });
  text = new TextDecoder().decode(bytes);
});

/** What is in the home, each file with its content. */
const stateOfHome = () =>
  readdirSync(home)
    .sort()
    .map((name) => [name, statSync(join(home, name)).mtimeMs, readFileSync(join(home, name)).toString('base64')]);

const explain = async (input: string | Uint8Array, ...options: readonly string[]) =>
  alice.run(['explain', '-', ...options], { input });

async function explanationOf(input: string | Uint8Array, ...options: readonly string[]): Promise<JsonMap> {
  const { out } = await explain(input, '--json', ...options);
  return JSON.parse(out) as JsonMap;
}

/** What became of opening the first message. */
function openingOf(json: JsonMap): unknown {
  const messages = json['messages'] as unknown as readonly { readonly explanation: { readonly opening: JsonMap } }[];
  return messages[0]?.explanation.opening['is'];
}

test('a message is opened with the passphrase that is given, and nothing of the home is changed', async () => {
  const earlier = stateOfHome();
  const { code, out, err } = await explain(bytes);
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /^ok {2}\d/m);
  assert.match(out, /It opens here/);
  assert.match(out, /kind text/);
  assert.ok(!out.includes('Alice'), 'what it says is not shown');
  for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
  assert.ok(out.split('\n').length <= 40);
  assert.deepEqual(stateOfHome(), earlier);
  // Nor is it marked: it opens again.
  assert.equal((await explain(bytes)).code, 0);
});

test('what it says is shown to whoever asks for it, fit for a terminal', async () => {
  const { messages } = (await explanationOf(bytes, '--content')) as unknown as {
    readonly messages: readonly { readonly explanation: { readonly content: { readonly shown: JsonMap } } }[];
  };
  assert.equal(messages[0]?.explanation.content.shown['text'], String.raw`Hi\u{1b}[2J Alice`);
  const { out } = await explain(bytes, '--content');
  assert.ok(out.includes(String.raw`text: Hi\u{1b}[2J Alice`), out);
  assert.ok(!out.includes('\u001b'));
  for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
});

test('without a passphrase nobody is asked, and it says how to go on', async () => {
  const environment = { DIM_PASSPHRASE: '' };
  const { code, out } = await alice.run(['explain', '-'], { input: bytes, environment });
  assert.equal(code, 0);
  assert.match(out, /Say --open/);
  assert.ok(!out.includes('no private key'));
  const asked = await alice.run(['explain', '-', '--open'], { input: bytes, environment });
  assert.deepEqual([asked.code, asked.out], [7, '']);
  assert.match(asked.err, /passphrase/);
});

test('without a home it says as much as the bytes tell', async () => {
  const nobody = personIn(folder, 'nobody');
  const { code, out } = await nobody.run(['explain', '-'], { input: bytes });
  assert.equal(code, 0);
  assert.match(out, /It is signed by/);
  assert.ok(!readdirSync(folder).includes('nobody'));
});

test('a message in whatever it was handed over in', async () => {
  const framed = encodePacket({ type: 'message', transaction: 7n, body: bytes });
  const ping = encodePacket({ type: 'command', transaction: 8n, body: new TextEncoder().encode('PING') });
  const inputs: readonly [string | Uint8Array, readonly string[], number][] = [
    [framed, ['mtp'], 1],
    [Buffer.concat([ping, framed, framed]), ['mtp'], 2],
    [`[${text},${text}]`, ['list'], 2],
    [`${text}\n${text}\n`, ['lines'], 2],
    [JSON.stringify(text), ['quotes'], 1],
    [encodeBase64(bytes), ['base64'], 1],
    [encodeBase64(framed), ['base64', 'mtp'], 1],
    [JSON.stringify(encodeBase64(bytes)), ['quotes', 'base64'], 1],
    [`\n  ${text}  \n`, [], 1],
  ];
  for (const [input, wrappings, count] of inputs) {
    const json = await explanationOf(input);
    assert.deepEqual([json['wrappings'], (json['messages'] as readonly unknown[]).length], [wrappings, count]);
    assert.equal(openingOf(json), 'opened');
  }
});

test('what is no message is said to be what it is, with the command for it', async () => {
  const { id, meta, visas } = JSON.parse(card) as {
    readonly id: string;
    readonly meta: object;
    readonly visas: readonly object[];
  };
  const key = await dim.PrivateKey.generate('ECC');
  const inputs: readonly [string, RegExp][] = [
    [card, /contact: `dim contact add FILE`/],
    [JSON.stringify(meta), /a meta/],
    [JSON.stringify(visas[0]), /a document/],
    [id, /an ID: `dim id show/],
    [JSON.stringify(id), /an ID: `dim id show/],
    [JSON.stringify(key), /secret key.*nobody/],
    [JSON.stringify(key.publicKey), /public key/],
    ['PING', /sign of life/],
    ['"OK"', /sign of life/],
    ['', /nothing in it/],
  ];
  for (const [input, says] of inputs) {
    const { code, out } = await explain(input);
    assert.match(out, says);
    assert.equal(code, 3, out);
    assert.ok(!out.includes(textOf(key.fields, 'data').slice(60, 90)));
  }
});

test('it ends by the family of what is wrong', async () => {
  const changed = (changes: object) => JSON.stringify({ ...(JSON.parse(text) as object), ...changes });
  const stranger = { ...(JSON.parse(text) as object), meta: undefined, visa: undefined };
  const ends: readonly [string, number][] = [
    [changed({ signature: 'AAAA' }), 4],
    [changed({ time: 'soon' }), 3],
    [changed({ receiver: '0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b' }), 5],
    [JSON.stringify(stranger), 5],
    ['no JSON', 3],
    [`[${text}, {"sender": 1}]`, 3],
    ['DIM', 3],
  ];
  for (const [input, code] of ends) {
    const outcome = await explain(input);
    assert.equal(outcome.code, code, outcome.out);
    assert.equal(outcome.err, '');
  }
});

test('a file that is not there, and one that is', async () => {
  writeFileSync(join(folder, 'message.json'), bytes);
  assert.equal((await alice.run(['explain', 'message.json'])).code, 0);
  const { code, err } = await alice.run(['explain', 'nothing.json']);
  assert.equal(code, 2);
  assert.match(err, /nothing\.json is not there/);
});

test('a home that is named and is not there is missed', async () => {
  const { code, err } = await alice.run(['explain', '-', '--home', 'elsewhere'], { input: bytes });
  assert.equal(code, 0);
  assert.match(err, /elsewhere.*nothing is known/);
  assert.ok(!readdirSync(folder).includes('elsewhere'));
});

test('the copy of the home is in the home, for its owner alone; what a killed process left is removed', async () => {
  const gone = spawnSync(process.execPath, ['--version']).pid;
  const left = join(home, `copy-for-explain-${gone}-abc`);
  mkdirSync(left);
  writeFileSync(join(left, 'dim.db'), 'messages');
  const running = join(home, `copy-for-explain-${process.ppid}-abc`);
  mkdirSync(running);
  const names = () => readdirSync(home).filter((name) => name.startsWith('copy-for-explain-'));
  const call: Call = {
    context: {
      arguments: [],
      environment: alice.environment,
      folder,
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      signal: new AbortController().signal,
    },
    globals: {},
    tell: async () => {},
    note: () => {},
  };
  await withCopiedHome(call, async (open) => {
    assert.equal(open?.users.length, 1);
    const [own, ...others] = names().filter((name) => join(home, name) !== running);
    assert.deepEqual([own?.startsWith(`copy-for-explain-${process.pid}-`), others], [true, []]);
    if (process.platform !== 'win32') assert.equal(statSync(join(home, own ?? '')).mode & 0o777, 0o700);
    await explain(bytes);
    assert.ok(names().includes(own ?? ''), 'that of another call stays');
  });
  assert.deepEqual(names(), [basename(running)]);
  rmSync(running, { recursive: true });
});

test('a process that is ended in the middle leaves no copy', () => {
  const code = `import { makeCopyFolder } from ${JSON.stringify(new URL('../src/explain/copy-folder.js', import.meta.url))};
    const folder = makeCopyFolder(process.argv[1]);
    process.stdout.write(folder);
    process.exit(130);`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code, home]);
  assert.equal(status, 130);
  assert.ok(String(stdout).startsWith(join(home, 'copy-for-explain-')));
  assert.ok(!existsSync(String(stdout)));
});
