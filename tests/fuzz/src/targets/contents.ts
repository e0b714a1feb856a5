/** Contents: what a decrypted message says. */
import { isDeepStrictEqual } from 'node:util';
import { DimError, parseJson, stringifyJson, type Content, type JsonMap } from 'dimp';
import { contentInShape, isJsonMap } from 'dimp/extend';
import { expect } from '../finding.ts';
import { attempt, checkGlobals } from '../invariants.ts';
import type { Target } from '../target.ts';
import { dim } from './context.ts';
import { contentSamples } from './content-samples.ts';
import { casesOf, inputsOf } from './vectors.ts';

const LONG: ReadonlyMap<string, string> = new Map(
  Object.entries({ T: 'type', N: 'sn', W: 'time', G: 'group', C: 'command' }),
);

const decoder = new TextDecoder();

export const target: Target = {
  name: 'contents',
  isJson: true,
  seeds: inputsOf([
    ...casesOf('contents').map(({ wire }) => wire),
    ...casesOf('messages').map(({ content }) => content),
    ...contentSamples,
  ]),
  run(input) {
    const value = attempt(() => parseJson(decoder.decode(input)));
    if (!value.ok) return;
    const before = stringifyUnchecked(value.value);
    const content = attempt(() => dim.Content.parse(value.value));
    expect(stringifyUnchecked(value.value) === before, 'the input was changed');
    if (content.ok && isJsonMap(value.value)) checkContent(content.value, value.value);
    checkGlobals();
  },
};

function checkContent(content: Content, wire: JsonMap): void {
  checkKept(content.fields, wire);
  checkProperties(content);
  const text = attempt(() => content.serialize());
  if (!text.ok) return expect(/\\ud[89a-f]/i.test(stringifyUnchecked(content.fields)), 'a content cannot be written');
  const read = attempt(() => dim.Content.parse(parseJson(text.value)));
  expect(read.ok, 'what was written cannot be read', () => (read.ok ? '' : read.error.message));
  expect(read.value.serialize() === text.value, 'writing and reading again changes fields');
  expect(
    isDeepStrictEqual(content, read.value),
    'a content read again is another',
    () => `${content.kind} ${read.value.kind}`,
  );
  expect(isDeepStrictEqual(content.toMap(), structuredClone(content.fields)), 'the map is not that of the content');
  checkNetworkProfile(content);
}

/** After reading, no property fails. */
function checkProperties(content: Content): void {
  for (const name of gettersOf(Object.getPrototypeOf(content) as object)) {
    const value = attempt(() => (content as unknown as Record<string, unknown>)[name]);
    expect(value.ok, `the property ${name} of a ${content.kind} fails`, () => (value.ok ? '' : value.error.message));
  }
}

const getters = new Map<object, readonly string[]>();

function gettersOf(prototype: object): readonly string[] {
  const known = getters.get(prototype);
  if (known !== undefined) return known;
  const found: string[] = [];
  for (
    let at: object | null = prototype;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    const own = Object.entries(Object.getOwnPropertyDescriptors(at));
    found.push(...own.filter(([, property]) => property.get !== undefined).map(([name]) => name));
  }
  getters.set(prototype, found);
  return found;
}

/** Every field of the input is there, under its long name; null gives way to the value of its other name. */
function checkKept(fields: JsonMap, wire: JsonMap): void {
  for (const [name, value] of Object.entries(wire)) {
    const long = LONG.get(name) ?? name;
    const kept = Object.hasOwn(fields, long) ? fields[long] : undefined;
    const hasTwin = Object.keys(wire).some((other) => other !== name && (LONG.get(other) ?? other) === long);
    if (value === null && hasTwin && kept !== undefined) continue;
    expect(kept !== undefined && stringifyUnchecked(kept) === stringifyUnchecked(value), 'a field is lost', () => name);
  }
}

/** Whatever is read can be written for the clients of earlier years, and means the same. */
function checkNetworkProfile(content: Content): void {
  const written = attempt(() => contentInShape(content.fields, 'deployed'));
  expect(written.ok, 'a content cannot be written for the network', () => (written.ok ? '' : written.error.message));
  const read = attempt(() => dim.Content.parse(written.value));
  expect(read.ok, 'what was written for the network cannot be read', () => (read.ok ? '' : read.error.message));
  // A receipt of before 2023 has the number of the message that it answers in place of its own.
  const sameNumber = read.value.sn === content.sn || content.kind === 'receipt';
  expect(read.value.kind === content.kind && sameNumber, 'what was written for the network is another');
}

/** JSON also of lone surrogates, which can be read and not be written. */
function stringifyUnchecked(value: unknown): string {
  try {
    return stringifyJson(value as JsonMap);
  } catch (error) {
    if (!(error instanceof DimError)) throw error;
    return JSON.stringify(value, (_name, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
  }
}
