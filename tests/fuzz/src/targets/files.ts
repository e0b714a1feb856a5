/** Files and encoded data: `NetworkFile` and `TransportableData`, of any JSON value. */
import { Buffer } from 'node:buffer';
import { basename, posix, win32 } from 'node:path';
import { NetworkFile, TransportableData } from 'dimp';
import { expect } from '../finding.ts';
import { attempt, checkGlobals, checkUnchanged } from '../invariants.ts';
import { readTree } from '../json-tree.ts';
import type { Target } from '../target.ts';
import { casesOf, inputsOf } from './vectors.ts';

export const target: Target = {
  name: 'files',
  isJson: true,
  seeds: [
    ...inputsOf(casesOf('resources', 'data').map(({ text }) => text)),
    ...inputsOf(casesOf('resources', 'files').map(({ wire }) => wire)),
  ],
  run(input) {
    const value = readTree(input);
    if (value === undefined) return;
    const text = JSON.stringify(value);
    const data = attempt(() => TransportableData.parse(value));
    if (data.ok) checkData(data.value, text);
    const file = attempt(() => NetworkFile.parse(value));
    if (file.ok) checkFile(file.value);
    checkUnchanged(value, text);
    checkGlobals();
  },
};

function checkData(data: TransportableData, text: string): void {
  expect(JSON.stringify(data) === text, 'data is not written as it was read');
  const bytes = attempt(() => data.bytes);
  expect(bytes.ok, 'data that was read does not decode', () => (bytes.ok ? '' : bytes.error.message));
  for (const form of [data.toJSON(), data.toString()]) {
    const copy = attempt(() => TransportableData.parse(form));
    expect(copy.ok && same(copy.value.bytes, bytes.value), 'data read again is another', () => text);
  }
  if (data.encoding === 'base64') {
    const wire = data.toString();
    // Line breaks are no part of the value.
    const body = wire.slice(wire.indexOf(',') + 1).replaceAll(/[\r\n]/g, '');
    expect(same(Buffer.from(body, 'base64'), bytes.value), 'base64 means something else to others', () => wire);
    expect(Buffer.from(bytes.value).toString('base64') === body, 'base64 has two spellings', () => wire);
  }
  for (const [name, parameter] of data.parameters) {
    expect(name === name.toLowerCase() && !/[\s;,]/.test(name + parameter), 'a parameter has a separator', () => text);
  }
}

function checkFile(file: NetworkFile): void {
  const { url, filename, data } = file;
  if (url !== undefined) {
    expect(/^https?:\/\//i.test(url) && !/\s/.test(url), 'a URL of another scheme', () => url);
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    expect(
      parsed !== undefined && /^https?:$/.test(parsed.protocol) && parsed.host !== '' && parsed.username === '',
      'a URL means another scheme or host to others',
      () => url,
    );
  }
  if (filename !== undefined) {
    const bases = [basename(filename), posix.basename(filename), win32.basename(filename)];
    expect(
      bases.every((base) => base === filename),
      'a file name with folders',
      () => filename,
    );
    expect(posix.join('/a/b', filename) === `/a/b/${filename}`, 'a file name leads elsewhere', () => filename);
  }
  expect(data === undefined || attempt(() => data.bytes).ok, 'the data of a file does not decode');
  const wire = attempt(() => file.toJSON());
  expect(wire.ok, 'a file cannot be written');
  const copy = attempt(() => NetworkFile.parse(wire.value));
  expect(copy.ok, 'a file that was written cannot be read', () => JSON.stringify(wire.value));
  const again = copy.value;
  // Beside a URL alone, a file name is not written.
  const names = typeof wire.value === 'string' || again.filename === filename;
  expect(again.url === url && names && keyOf(again) === keyOf(file), 'a file read again is another');
  expect(same(again.data?.bytes, data?.bytes), 'the data of a file read again is other data');
}

function keyOf(file: NetworkFile): string {
  return JSON.stringify(file.key ?? null, (_name, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
}

function same(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return Buffer.compare(one, other) === 0;
}
