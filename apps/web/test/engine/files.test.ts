/** Files: within messages, and by a service. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_INLINE, MAX_THUMBNAIL } from '../../src/engine/files.ts';
import { LONGEST_CONTENT } from '../../src/engine/text-limits.ts';
import { createWorld, type Person, type World } from './world.ts';

const LIMIT = { timeout: 90_000 };

async function friends(world: World, files?: string): Promise<readonly [Person, Person, string, string]> {
  const config = { ...world.config, ...(files !== undefined && { files }) };
  const [alice, bob] = [await world.person('Alice', undefined, config), await world.person('Bob', undefined, config)];
  const [a, b] = [await alice.id(), await bob.id()];
  await bob.ask('addContact', { text: a });
  await alice.ask('addContact', { text: b });
  return [alice, bob, a, b];
}

test('a small file goes within a message; a larger one needs a service', LIMIT, async () => {
  const world = await createWorld();
  const [alice, bob, a, b] = await friends(world);
  const file = new Blob(['Hello'], { type: 'text/html' });
  const asked = { conversation: b, file, filename: 'hi\u202Ehtml.txt', kind: 'file', token: 'one' } as const;
  const sent = await alice.ask('sendFile', asked);
  assert.equal((await alice.ask('sendFile', asked)).key, sent.key);
  const came = await bob.until(async () => (await bob.talk(a))[0]);
  assert.deepEqual(came.says, { is: 'file', kind: 'file', filename: 'hihtml.txt', size: 5, text: undefined });
  const { blob } = await bob.ask('download', { key: came.key });
  assert.equal(await blob.text(), 'Hello');
  assert.equal(blob.type, '');
  const large = new Blob([new Uint8Array(400 * 1024)]);
  await assert.rejects(alice.ask('sendFile', { ...asked, file: large, token: 'two' }), {
    code: 'FILE_REFUSED',
    path: 'size',
  });
  await assert.rejects(alice.ask('sendFile', { ...asked, file: new Blob([]), token: 'three' }), { path: 'file' });
  await assert.rejects(
    alice.ask('sendFile', { ...asked, kind: 'image', thumbnail: 'https://peer.example/x.png', token: 'four' }),
    { path: 'thumbnail' },
  );
  assert.deepEqual(await bob.ask('search', { text: 'hihtml', limit: 5 }).then((all) => all.map(({ key }) => key)), [
    came.key,
  ]);
  await world.end();
});

test(
  'the longest text, and the longest file within a message, go as two frames of a browser at most',
  LIMIT,
  async () => {
    const world = await createWorld();
    const [alice, bob, a, b] = await friends(world);
    const text = '\u{1F600}\n'.repeat((LONGEST_CONTENT - 200) / 6);
    await alice.ask('send', { conversation: b, text, token: 'text' });
    assert.deepEqual((await bob.until(async () => (await bob.talk(a))[0])).says, { is: 'text', text });
    await assert.rejects(alice.ask('send', { conversation: b, text: `${text}${'x'.repeat(300)}`, token: 'longer' }), {
      code: 'INPUT_LIMIT',
      path: 'text',
    });
    const file = new Blob([new Uint8Array(MAX_INLINE)]);
    const thumbnail = `data:image/jpeg;base64,${'A'.repeat(MAX_THUMBNAIL - 32)}`;
    const asked = { conversation: b, filename: 'long.jpg', kind: 'image', token: 'file', thumbnail } as const;
    await alice.ask('sendFile', { ...asked, file });
    await bob.until(async () => (await bob.talk(a))[1]);
    await assert.rejects(alice.ask('sendFile', { ...asked, file: new Blob([file, 'x']), token: 'longer file' }), {
      code: 'FILE_REFUSED',
      path: 'size',
    });
    // What Chromium has between a page and the network.
    assert.ok(world.longest > 120_000 && world.longest < 131_000, `${world.longest} bytes`);
    await world.end();
  },
);

test('by a service: with progress, once, and checked', LIMIT, async () => {
  const world = await createWorld();
  world.filesAt('https://files.example');
  const [alice, bob, a, b] = await friends(world, 'https://files.example/upload/{ID}/file');
  const bytes = crypto.getRandomValues(new Uint8Array(50_000));
  const asked = { conversation: b, file: new Blob([bytes]), filename: 'a.png', kind: 'image', token: 'one' } as const;
  const [sent] = await Promise.all([alice.ask('sendFile', asked), alice.ask('sendFile', asked)]);
  assert.deepEqual(
    (await alice.talk(b)).map(({ key }) => key),
    [sent.key],
  );
  assert.equal(world.uploads, 1);
  const came = await bob.until(async () => (await bob.talk(a))[0]);
  assert.equal(came.says.is === 'file' && came.says.size, bytes.length);
  const { blob, isVerified } = await bob.ask('download', { key: came.key });
  assert.equal(isVerified, true);
  assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), bytes);
  const steps = alice.events.filter((event) => event.tell === 'transfer').map(({ is }) => is);
  assert.deepEqual([steps[0], steps.at(-1)], ['going', 'done']);
  assert.deepEqual((await alice.ask('state')).transfers, []);
  await world.end();
});

test('an upload that the person ends is not sent, and says so', LIMIT, async () => {
  const world = await createWorld();
  world.filesAt('https://files.example', 'never answers');
  const [alice, , , b] = await friends(world, 'https://files.example/upload/{ID}/file');
  const asked = { conversation: b, file: new Blob(['x']), filename: 'a.png', kind: 'image', token: 'one' } as const;
  const sending = alice.ask('sendFile', asked);
  sending.catch(() => undefined);
  await alice.until(async () => (await alice.ask('state')).transfers.length === 1);
  await alice.ask('cancelTransfer', { id: 'one' });
  await assert.rejects(sending, { code: 'DELIVERY_CANCELLED' });
  assert.deepEqual(await alice.talk(b), []);
  await world.end();
});
