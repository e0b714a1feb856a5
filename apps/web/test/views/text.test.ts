import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linksIn } from '../../src/views/talk/links.ts';
import { isBlank, oneLine } from '../../src/views/parts/shown-text.ts';
import { dayText, lengthText, shortText } from '../../src/views/talk/times.ts';
import { sizeText } from '../../src/views/talk/sizes.ts';
import { pictureType, soundType } from '../../src/views/parts/file-type.ts';

function hrefs(text: string): readonly string[] {
  return linksIn(text).flatMap((piece) => (piece.is === 'link' ? [piece.text] : []));
}

test('links are http and https, and end where the sentence goes on', () => {
  assert.deepEqual(hrefs('see https://example.com/a?b=c#d, and (http://example.org/x_(y)).'), [
    'https://example.com/a?b=c#d',
    'http://example.org/x_(y)',
  ]);
  assert.deepEqual(hrefs('看https://例子.测试/路。好'), ['https://例子.测试/路']);
  assert.deepEqual(hrefs('javascript://%0aalert(1) data:text/html,x ftp://a.b xhttps://example.com'), []);
  assert.deepEqual(hrefs('https:// http://? https://.'), []);
});

test('a link that leads elsewhere than it looks is none, or says where', () => {
  assert.deepEqual(hrefs('https://bank.example@evil.example/'), []);
  assert.deepEqual(hrefs('https://bank.example\u202e/moc.live'), ['https://bank.example']);
  const [piece] = linksIn('https://\u0430pple.com/');
  assert.ok(piece?.is === 'link');
  assert.equal(piece.host, 'xn--pple-43d.com');
  const [plain] = linksIn('https://Example.com/');
  assert.ok(plain?.is === 'link' && plain.host === undefined);
});

test('the pieces of a text are the text', () => {
  for (const text of ['', 'a', 'https://a.b', ' https://a.b) x https://c.d!', 'https://a.b'.repeat(3)])
    assert.equal(
      linksIn(text)
        .map((piece) => piece.text)
        .join(''),
      text,
    );
});

test('a text of nothing but links or brackets is read in time', () => {
  const start = performance.now();
  for (const part of ['https://', 'https://a)', '(((', ')))]]]', 'https://a.b '])
    linksIn(part.repeat(100_000 / part.length));
  assert.ok(performance.now() - start < 2000);
});

test('a name of others stays in its line', () => {
  assert.equal(oneLine('a\nb\u202ec\u2066d', 80), 'a bcd');
  assert.equal(oneLine('\u0301'.repeat(500), 80).length, 4);
  assert.equal(oneLine('x'.repeat(500), 10), `${'x'.repeat(10)}\u2026`);
  assert.equal(oneLine('\u{1f600}\u{1f600}', 3), '\u{1f600}\u2026');
  assert.ok(isBlank('\u200b \u3164\u2800'));
  assert.ok(!isBlank('.'));
});

test('times are told as people tell them', () => {
  const now = new Date(2026, 2, 10, 12).getTime() / 1000;
  const hour = 3600;
  assert.equal(dayText(now - hour, now, 'en'), 'today');
  assert.equal(dayText(now - 13 * hour, now, 'en'), 'yesterday');
  assert.equal(dayText(now - 13 * hour, now, 'zh'), '昨天');
  assert.equal(dayText(now - 72 * hour, now, 'en'), 'Saturday, March 7');
  assert.equal(shortText(now - 72 * hour, now, 'en'), 'Sat');
  assert.equal(shortText(Infinity, now, 'en'), '1/1/1970');
  assert.equal(lengthText(65.9), '1:05');
  assert.equal(sizeText(1_234_567, 'en'), '1.2 MB');
});

test('a file is what it begins with', () => {
  const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
  assert.equal(pictureType(bytes('\x89PNG\r\n\x1a\n')), 'image/png');
  assert.equal(pictureType(bytes('RIFF\0\0\0\0WEBP')), 'image/webp');
  assert.equal(pictureType(bytes('<svg xmlns="http://www.w3.org/2000/svg">')), undefined);
  assert.equal(pictureType(bytes('<!doctype html>')), undefined);
  assert.equal(pictureType(bytes('')), undefined);
  assert.equal(soundType(bytes('OggS')), 'audio/ogg');
  assert.equal(soundType(bytes('\xff\xfb')), 'audio/mpeg');
  assert.equal(soundType(bytes('\xff\xf1')), 'audio/aac');
});
