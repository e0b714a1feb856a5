/** What others chose, made safe to show; links and addresses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { allowedUrl } from '../../src/engine/allowed-url.ts';
import { safeFilename } from '../../src/engine/file-name.ts';
import { idIn, linkOf } from '../../src/engine/links.ts';
import { lookOf, shownName } from '../../src/engine/shown-text.ts';
import { dim } from '../../src/engine/dim.ts';
import { sayingOf } from '../../src/engine/saying.ts';
import { LONGEST_SHOWN } from '../../src/engine/text-limits.ts';

test('names of files keep their true ending, and nothing that hides it', () => {
  const cases: readonly (readonly [string | undefined, string])[] = [
    ['photo.jpg', 'photo.jpg'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\Windows\\x.exe', 'C__Windows_x.exe'],
    ['.bashrc', 'bashrc'],
    ['virus.exe.', 'virus.exe'],
    ['virus.exe . .', 'virus.exe'],
    ['con.txt', '_con.txt'],
    ['a\u0000b\nc.txt', 'ab c.txt'],
    ['', 'file'],
    ['...', 'file'],
    [undefined, 'file'],
  ];
  for (const [name, safe] of cases) assert.equal(safeFilename(name), safe);
  const long = safeFilename(`${'x'.repeat(300)}.pdf`);
  assert.equal(long.length, 120);
  assert.ok(long.endsWith('….pdf'));
});

test('a text that is too long for a page says that it goes on, and is whole for an export', async () => {
  const nobody = async (): Promise<never> => Promise.reject(new Error('nobody is asked for'));
  const short = 'x'.repeat(LONGEST_SHOWN);
  assert.deepEqual(await sayingOf(TextContent.create(short), nobody), { is: 'text', text: short });
  const long = TextContent.create(`${short.slice(1)}😀 and so on`);
  assert.deepEqual(await sayingOf(long, nobody), { is: 'text', text: short.slice(1), isCut: true });
  assert.deepEqual(await sayingOf(long, nobody, Infinity), { is: 'text', text: long.text });
});

test('names show all that is in them', () => {
  assert.equal(shownName('Bob\u202E\u200B'), 'Bob');
  assert.equal(shownName('\u3164 \u2800'), undefined);
  assert.equal(shownName('two\nlines'), 'two lines');
  assert.equal(shownName('👩‍👩‍👧'), '👩‍👩‍👧');
  assert.equal(shownName(`e${'\u0301'.repeat(50)}`), 'e\u0301\u0301\u0301');
  assert.equal(shownName('x'.repeat(100))?.length, 65);
  assert.equal(lookOf('Ｂｏｂ'), lookOf('bob '));
  // They choose forms of letters, and where there is none, nothing of them is seen.
  for (const unseen of ['\uFE0F', '\u034F', '\u{E0101}', '\u180B', '\u17B4']) {
    assert.equal(lookOf(`Bo${unseen}b`), lookOf('Bob'));
    assert.equal(shownName(` ${unseen}${unseen}`), undefined);
  }
  assert.equal(shownName('❤\uFE0F'), '❤\uFE0F');
});

test('a link has an ID, and is read whole or as what stands behind the sign', async () => {
  const { id } = await dim.createUser({ name: 'Bob', seed: 'bob', visaAlgorithms: ['X25519'] });
  const link = linkOf('https://chat.test/app/', 'contact', id.at('phone'));
  for (const text of [link, link.slice(link.indexOf('#')), id.toString(), ` ${id.at('phone').toString()} `])
    assert.ok(idIn(text, 'contact').equals(id));
  for (const [text, code] of [
    ['', 'INPUT_FORMAT'],
    ['Bob', 'INPUT_FORMAT'],
    [link.replace('contact', 'group'), 'INPUT_FORMAT'],
    ['#contact=%', 'INPUT_FORMAT'],
    ['everyone@everywhere', 'INPUT_CONFLICT'],
    ['x'.repeat(5000), 'INPUT_LIMIT'],
  ] as const)
    assert.throws(() => idIn(text, 'contact'), { code, path: 'text' });
  assert.throws(() => idIn(id.toString(), 'group'), { code: 'INPUT_CONFLICT' });
});

test('files are fetched from the folder of this page, the chosen service, and public hosts by https', () => {
  const allow = allowedUrl('http://127.0.0.1:8080/app/', 'http://files.lan:9000/upload/{ID}/file');
  for (const url of ['http://127.0.0.1:8080/app/files/x', 'http://files.lan:9000/x', 'https://files.example/x'])
    assert.equal(allow(new URL(url)), true, url);
  for (const url of [
    'http://127.0.0.1:8080/x',
    'http://127.0.0.1:8080/files/x',
    'http://127.0.0.1:8080/app/config.json',
    'http://127.0.0.1:8080/app/files',
    'http://127.0.0.1:8080/app/files/',
    'http://127.0.0.1:8080/app/files/../config.json',
    'http://127.0.0.1:8080/app/files/%2e%2e/config.json',
    'http://127.0.0.1:8080/app/files/..%2fconfig.json',
    'http://127.0.0.1:8080/app/files/..%5Cconfig.json',
    'http://user:secret@127.0.0.1:8080/app/files/x',
    'http://files.lan:9001/x',
    'http://user@files.lan:9000/x',
    'http://files.example/x',
    'http://127.0.0.1:9999/x',
    'https://127.0.0.1/x',
    'https://127.0.0.1./x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://192.168.1.1/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://localhost/x',
    'https://localhost./x',
    'https://printer.local/x',
    'https://router.lan./x',
    'https://router.LAN../x',
    'https://user@files.example/x',
    'https://:secret@files.example/x',
  ])
    assert.throws(() => allow(new URL(url)), { code: 'FILE_REFUSED', path: 'URL' }, url);
});

test('of the host of this page, no other port and no other path is asked, by whichever name', () => {
  for (const service of ['https://chat.example/upload/{ID}/file', undefined]) {
    const allow = allowedUrl('https://chat.example/', service);
    assert.equal(allow(new URL('https://chat.example/files/x?part=1')), true);
    for (const url of [
      'https://chat.example/',
      'https://chat.example/upload/x',
      'https://chat.example:8443/files/x',
      'https://chat.example./files/x',
      'https://CHAT.example./admin',
      'http://chat.example/files/x',
    ])
      assert.throws(() => allow(new URL(url)), { code: 'FILE_REFUSED', path: 'URL' }, url);
  }
  const allow = allowedUrl('http://[::1]:8080/', undefined);
  assert.equal(allow(new URL('http://[::1]:8080/files/x')), true);
  assert.throws(() => allow(new URL('http://[::1]:8081/files/x')), { code: 'FILE_REFUSED' });
});
