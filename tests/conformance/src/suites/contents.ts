/** `contents.json`: contents and commands; `expect` names what must be readable of each. */
import assert from 'node:assert/strict';
import type { Content, JsonMap } from 'dimp';
import { encodeHex } from 'dimplugins/coding';
import { dim } from '../dim.ts';
import type { Suite } from '../suite.ts';

interface Case {
  readonly name: string;
  readonly wire: JsonMap;
  readonly type: string;
  readonly expect: { readonly [name: string]: unknown };
}

export const contents: Suite = (file) =>
  (file as { cases: Case[] }).cases.map((vector) => ({ name: vector.name, run: () => checkContent(vector) }));

function checkContent({ wire, type, expect }: Case): void {
  const content = dim.Content.parse(wire);
  assert.equal(content.type, type);
  assert.deepEqual(JSON.parse(content.serialize()), wire, 'a field was lost');
  for (const [name, expected] of Object.entries(expect)) {
    const read = READERS.get(name);
    assert.ok(read, `this runner does not know the expectation ${name}`);
    assert.deepEqual(read(content), expected, name);
  }
}

/** How each expectation is read of a content: by the public property of its class. */
const READERS: ReadonlyMap<string, (content: Content) => unknown> = new Map([
  ['text', (content) => propertyOf(content, 'text')],
  ['group', (content) => content.group?.toString()],
  ['filename', (content) => propertyOf(content, 'filename')],
  ['data_hex', (content) => encodeHex(propertyOf(content, 'data', 'bytes') as Uint8Array)],
  ['url', (content) => propertyOf(content, 'url')],
  ['key', (content) => jsonOf(propertyOf(content, 'key'))],
  ['thumbnail', (content) => jsonOf(propertyOf(content, 'thumbnail'))],
  ['snapshot', (content) => jsonOf(propertyOf(content, 'snapshot'))],
  ['title', (content) => propertyOf(content, 'title')],
  ['html', (content) => propertyOf(content, 'html')],
  ['desc', (content) => propertyOf(content, 'desc')],
  ['did', (content) => jsonOf(propertyOf(content, 'did'))],
  ['contact', (content) => propertyOf(content, 'name')],
  ['avatar', (content) => jsonOf(propertyOf(content, 'avatar'))],
  ['currency', (content) => propertyOf(content, 'currency')],
  ['amount', (content) => propertyOf(content, 'amount')],
  ['remitter', (content) => jsonOf(propertyOf(content, 'remitter'))],
  ['remittee', (content) => jsonOf(propertyOf(content, 'remittee'))],
  ['original_sn', (content) => propertyOf(content, 'origin', 'sn')],
  ['original_sender', (content) => jsonOf(propertyOf(content, 'origin', 'sender'))],
  ['original_receiver', (content) => jsonOf(propertyOf(content, 'origin', 'receiver'))],
  ['original_signature', (content) => propertyOf(content, 'origin', 'signature')],
  ['count', (content) => lengthOf(propertyOf(content, 'contents') ?? propertyOf(content, 'messages'))],
  ['cmd', (content) => propertyOf(content, 'command')],
  ['has_meta', (content) => propertyOf(content, 'meta') !== undefined],
  ['last_time', (content) => propertyOf(content, 'lastTime')],
  ['documents', (content) => lengthOf(propertyOf(content, 'documents'))],
  ['members', (content) => jsonOf(propertyOf(content, 'members'))],
]);

function propertyOf(content: Content, ...path: readonly string[]): unknown {
  let value: unknown = content;
  for (const name of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return value;
}

function jsonOf(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function lengthOf(value: unknown): number | undefined {
  return Array.isArray(value) ? value.length : undefined;
}
