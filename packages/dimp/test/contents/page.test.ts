import { describe, expect, test } from '@jest/globals';
import { NetworkFile, PageContent } from '../../src/index.ts';
import { dim, errorOf } from '../context.ts';
import { COMMON, testNothingLost, reread } from './content-wire.ts';

const WIRE = {
  type: '32',
  ...COMMON,
  URL: 'https://example.com/',
  HTML: '<p>Hi</p>',
  title: 'Title',
  desc: 'Desc',
  icon: 'https://example.com/icon.png',
  mime_type: 'text/html',
  encoding: 'utf8',
  base: 'https://example.com/',
};

function parsePage(change: object): PageContent {
  const content = dim.Content.parse({ ...WIRE, ...change });
  if (content.kind !== 'page') throw new Error(content.kind);
  return content;
}

describe('PageContent', () => {
  test('every field is read', () => {
    const page = parsePage({});
    expect(page).toMatchObject({ url: WIRE.URL, html: WIRE.HTML, title: 'Title', desc: 'Desc', mimeType: 'text/html' });
    expect(page).toMatchObject({ encoding: 'utf8', base: WIRE.base });
    expect(page.icon?.url).toBe(WIRE.icon);
  });

  testNothingLost(WIRE, 'page');

  test.each([
    'SGk=',
    'base64,SGk=',
    'data:image/png;base64,SGk=',
    { data: 'SGk=' },
    { algorithm: 'base64', data: 'SGk=' },
  ])('the icon %j is inline', (icon) => {
    expect(parsePage({ icon }).icon?.data?.bytes).toEqual(new Uint8Array([72, 105]));
  });

  test('a page without an address has its text, whatever stands for no address', () => {
    expect(parsePage({ URL: '', base: '' })).toMatchObject({ url: undefined, base: undefined, html: WIRE.HTML });
    expect(parsePage({ URL: 'about:blank', base: 'about:blank' })).toMatchObject({ url: undefined, base: undefined });
    expect(parsePage({ URL: undefined }).url).toBeUndefined();
    expect(parsePage({ HTML: undefined }).html).toBeUndefined();
    for (const URL of [
      'data:text/html,',
      'data:text/html,<p>Hi</p>',
      'data:text/html;charset=utf-8,x',
      'DATA:text/HTML,',
    ])
      expect(parsePage({ URL, base: URL })).toMatchObject({ url: undefined, base: undefined, html: WIRE.HTML });
  });

  test('the pages of Dart clients are read: html in small letters, and null for what is not there', () => {
    const common = { type: '32', sn: 7, time: 1700000000, title: 'Example', desc: null };
    const text = dim.Content.parse({ ...common, URL: null, html: '<p>Hello</p>' });
    expect(text).toMatchObject({
      kind: 'page',
      url: undefined,
      html: '<p>Hello</p>',
      title: 'Example',
      desc: undefined,
    });
    const linked = dim.Content.parse({ ...common, URL: 'https://example.com/', html: null });
    expect(linked).toMatchObject({ kind: 'page', url: 'https://example.com/', html: undefined });
    expect(text.fields).toEqual({ ...common, URL: null, html: '<p>Hello</p>' });
    expect(parsePage({ HTML: 'x', html: 'x' }).html).toBe('x');
    expect(parsePage({ icon: null, mime_type: null, encoding: null, base: null, title: null })).toMatchObject({
      icon: undefined,
      mimeType: undefined,
      encoding: undefined,
      base: undefined,
      title: undefined,
    });
  });

  test('a new one makes the round trip', () => {
    const icon = NetworkFile.parse('https://example.com/icon.png');
    const parts = { url: 'https://example.com/', html: 'x', title: 'T', desc: 'D', mimeType: 'm', encoding: 'e', icon };
    const { icon: read, ...others } = reread(PageContent.create({ ...parts, base: 'http://a/' })) as PageContent;
    expect(others).toMatchObject({ url: parts.url, html: 'x', title: 'T', desc: 'D', mimeType: 'm', encoding: 'e' });
    expect(others.base).toBe('http://a/');
    expect(read?.url).toBe(icon.url);
    expect(PageContent.create({ html: 'x' }).toMap()).not.toHaveProperty('URL');
  });

  test.each([
    [{ URL: undefined, HTML: undefined }, 'INPUT_MISSING', 'URL'],
    [{ URL: 'about:blank', HTML: undefined }, 'INPUT_MISSING', 'URL'],
    [{ URL: 'javascript:alert(1)' }, 'INPUT_FORMAT', 'URL'],
    [{ URL: 'file:///etc/passwd' }, 'INPUT_FORMAT', 'URL'],
    [{ URL: 'https://a b' }, 'INPUT_FORMAT', 'URL'],
    [{ URL: 5 }, 'INPUT_TYPE', 'URL'],
    [{ HTML: 5 }, 'INPUT_TYPE', 'HTML'],
    [{ html: 5 }, 'INPUT_TYPE', 'html'],
    [{ html: '<p>Other</p>' }, 'INPUT_CONFLICT', 'html'],
    [{ URL: null, HTML: null }, 'INPUT_MISSING', 'URL'],
    [{ URL: 'data:text/html,', HTML: undefined }, 'INPUT_MISSING', 'URL'],
    [{ URL: 'data:text/javascript,0' }, 'INPUT_FORMAT', 'URL'],
    [{ title: 5 }, 'INPUT_TYPE', 'title'],
    [{ desc: [] }, 'INPUT_TYPE', 'desc'],
    [{ icon: 5 }, 'INPUT_TYPE', 'icon'],
    [{ icon: '@@' }, 'INPUT_FORMAT', 'icon.data'],
    [{ mime_type: {} }, 'INPUT_TYPE', 'mime_type'],
    [{ encoding: 8 }, 'INPUT_TYPE', 'encoding'],
    [{ base: 'javascript:0' }, 'INPUT_FORMAT', 'base'],
  ])('%j is refused', async (change, code, path) => {
    expect(await errorOf(() => parsePage(change))).toMatchObject({ code, path });
  });

  test('a new one is refused where no reader would take it', async () => {
    for (const parts of [{ url: 'javascript:0' }, {}])
      expect(await errorOf(() => PageContent.create(parts))).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'URL' });
  });
});
