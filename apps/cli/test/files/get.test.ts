/** `dim file get`: names and places that somebody else has chosen. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isDimError, type AttachmentContent } from 'dimp';
import { httpFileService } from 'dimsdk';
import { allowedUrl, isPrivateHost } from '../../src/messages/allowed-url.ts';
import { pathFor } from '../../src/files/get-file.ts';
import { temporaryFolder } from '../run.ts';

const folder = temporaryFolder();
const sent = (filename: string): AttachmentContent => ({ filename }) as unknown as AttachmentContent;

test('a name that its sender has chosen does nothing by itself', () => {
  for (const [name, kept] of [
    ['.bash_profile', '_bash_profile'],
    ['..', '_'],
    ['../../.ssh/authorized_keys', '_'],
    ['-rf', '_rf'],
    ['~', '_'],
    ['~root', '_root'],
    [' .profile', '_profile'],
    ['', '_'],
    ['cat.png', 'cat.png'],
  ] as const) {
    const path = pathFor({ folder }, sent(name), undefined);
    assert.ok(path.startsWith(join(folder, kept)), `${name}: ${path}`);
    assert.doesNotMatch(path.slice(folder.length + 1), /^[.~-]|\//);
  }
  mkdirSync(join(folder, 'downloads'));
  assert.equal(pathFor({ folder }, sent('.profile'), 'downloads'), join(folder, 'downloads', '_profile'));
  // A name of one's own is one's own matter.
  assert.equal(pathFor({ folder }, sent('x'), '.mine'), join(folder, '.mine'));
});

test('a folder that is not there is no file', () => {
  assert.throws(() => pathFor({ folder }, sent('x'), 'nowhere/'), { code: 'USAGE_ARGUMENT' });
});

test('private hosts are known by their names', () => {
  for (const host of [
    '127.0.0.1',
    'localhost',
    'localhost.',
    'a.localhost',
    '10.1.2.3',
    '100.64.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:7f00:1]',
    '[fe80::1]',
    '[fd00::1]',
    '[64:ff9b::7f00:1]',
    'router',
    'printer.local',
    'metadata.google.internal',
  ])
    assert.equal(isPrivateHost(new URL(`http://${host}/`).hostname), true, host);
  for (const odd of ['0x7f.1', '2130706433', '0177.0.0.1', '127.1'])
    assert.equal(isPrivateHost(new URL(`http://${odd}/`).hostname), true, odd);
  for (const host of ['files.example.com', '8.8.8.8', '172.32.0.1', '[2606:4700::1111]', 'local.example'])
    assert.equal(isPrivateHost(new URL(`http://${host}/`).hostname), false, host);
});

test('nothing of this machine is asked, not even by a redirect; its own file service is', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.writeHead(200).end('file');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
  const request = { signal: new AbortController().signal };
  const isRefused = (error: unknown): boolean =>
    isDimError(error) && error.code === 'FILE_REFUSED' && error.reason.includes('--files');
  const allowUrl = allowedUrl('https://files.example/{ID}');
  await assert.rejects(httpFileService({ allowUrl }).download(url, request), isRefused);
  const redirects = async () => new Response(null, { status: 302, headers: { location: url } });
  await assert.rejects(
    httpFileService({ allowUrl, fetch: redirects }).download('http://files.example/x', request),
    isRefused,
  );
  assert.equal(asked, 0);
  // Another port of the same host is something else, as of whoever looks after this machine.
  const besides = allowedUrl('http://127.0.0.1:1/{ID}');
  await assert.rejects(httpFileService({ allowUrl: besides }).download(url, request), isRefused);
  assert.equal(asked, 0);
  await httpFileService({ allowUrl: allowedUrl(new URL('/{ID}', url).href) }).download(url, request);
  assert.equal(asked, 1);
});
