/** What somebody sends who means harm, and what of it is to be seen. */
import {
  FileContent,
  ImageContent,
  NameCardContent,
  PageContent,
  QuoteContent,
  TextContent,
  type Content,
  type ID,
} from 'dimp';
import { dim } from './peer.ts';

/** Line breaks, markup and a turned direction, behind the name of a friend. */
export const HOSTILE_NAME = 'Alice\n\u2028<img src=x onerror=alert(1)>\u202Etxt';

export const MARKUP = '<img src=x onerror=alert(1)><script>alert(2)</script><b onclick=alert(3)>bold</b>';
export const LINKS =
  'javascript:alert(1) data:text/html,x https://user@evil.example/ http://p\u0430ypal.example/a?b=<b>';
export const TURNED = 'turned \u202Egnp.exe\u202C back';
export const MARKED = `marks Z${'\u0301'.repeat(500)} after`;
export const RIGHT_TO_LEFT = 'مرحبا Bob، كيف حالك؟ 123';

const encoder = new TextEncoder();
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(4)"><script>alert(5)</script></svg>';
const HTML = '<!doctype html><script>alert(6)</script><img src="https://evil.example/beacon.png">';

/** Names of files, and how they are to be shown. */
export const FILENAMES: readonly (readonly [string, string])[] = [
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['../../x', 'File: x,'],
  ['CON.txt', '_CON.txt'],
  [`${'long '.repeat(60)}.pdf.scr`, '….scr'],
  ['<img src=x onerror=alert(7)>.html', '_img src=x onerror=alert(7)_.html'],
];

/** In the order in which they are sent. */
export function hostileContents(self: ID, other: ID): readonly Content[] {
  return [
    TextContent.create(MARKUP),
    TextContent.create(LINKS),
    TextContent.create(TURNED),
    TextContent.create(MARKED),
    TextContent.create(RIGHT_TO_LEFT),
    ImageContent.create({ data: encoder.encode(SVG), filename: 'picture.svg' }),
    ImageContent.create({ data: encoder.encode(HTML), filename: 'picture.png' }),
    ...FILENAMES.map(([filename]) => fileCalled(filename)),
    ImageContent.create({ url: 'http://127.0.0.1:1/beacon.png', filename: 'beacon.png' }),
    ImageContent.create({ url: 'https://evil.example/beacon.png', filename: 'beacon.png' }),
    QuoteContent.create('as you said', { sender: other, sn: 4711n, time: Date.now() / 1000 }),
    PageContent.create({ title: 'https://bank.example', url: 'https://evil.example/<script>' }),
    NameCardContent.create({ did: self, name: 'Alice <i>the true one</i>' }),
    dim.Content.parse({ type: '30583', sn: 815, time: Date.now() / 1000, text: MARKUP, html: HTML }),
  ];
}

/** Our own library makes none of such a name. */
function fileCalled(filename: string): Content {
  const { fields } = FileContent.create({ data: encoder.encode(HTML), filename: 'file' });
  return dim.Content.parse({ ...fields, filename });
}
