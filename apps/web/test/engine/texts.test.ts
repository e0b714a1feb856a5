/** What others chose, made safe to show; links and addresses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowedUrl } from '../../src/engine/allowed-url.ts';
import { safeFilename } from '../../src/engine/file-name.ts';
import { idIn, linkOf } from '../../src/engine/links.ts';
import { lookOf, shownName } from '../../src/engine/shown-text.ts';
import { dim } from '../../src/engine/dim.ts';

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

test('names show all that is in them', () => {
  assert.equal(shownName('Bob\u202E\u200B'), 'Bob');
  assert.equal(shownName('\u3164 \u2800'), undefined);
  assert.equal(shownName('two\nlines'), 'two lines');
  assert.equal(shownName('👩‍👩‍👧'), '👩‍👩‍👧');
  assert.equal(shownName(`e${'\u0301'.repeat(50)}`), 'e\u0301\u0301\u0301');
  assert.equal(shownName('x'.repeat(100))?.length, 65);
  assert.equal(lookOf('Ｂｏｂ'), lookOf('bob '));
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

test('files are fetched from the page, the chosen service, and public hosts by https', () => {
  const allow = allowedUrl('http://127.0.0.1:8080/app/', 'http://files.lan:9000/upload/{ID}/file');
  for (const url of ['http://127.0.0.1:8080/x', 'http://files.lan:9000/x', 'https://files.example/x'])
    assert.equal(allow(new URL(url)), true, url);
  for (const url of [
    'http://files.example/x',
    'http://127.0.0.1:9999/x',
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://192.168.1.1/x',
    'https://[::1]/x',
    'https://localhost/x',
    'https://printer.local/x',
    'https://router.lan./x',
  ])
    assert.throws(() => allow(new URL(url)), { code: 'FILE_REFUSED', path: 'URL' }, url);
});
