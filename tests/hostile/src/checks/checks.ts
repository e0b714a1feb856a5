/** What a case's `check` names, each as a function that says what is wrong. */
import { Document, ID } from 'dimp';
import { WireObject } from 'dimp/extend';
import { dim } from '../dim.ts';
import type { Probes } from '../recipes/probes.ts';
import { spoilingChanges } from './isolation.ts';
import { inheritsPlanted } from './pollution.ts';

/** What is known after a case has run. */
export interface Ran {
  readonly input: unknown;
  readonly probes: Probes;
  /** What the first step gave; undefined when it refused. */
  readonly value: unknown;
}

type Check = (ran: Ran) => readonly string[];

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['no-pollution', ({ value }) => (inheritsPlanted(value) ? ['a planted name is inherited'] : [])],
  ['single-read', singleRead],
  ['encode-once', encodeOnce],
  ['isolation', isolation],
  ['view-respected', viewRespected],
  ['data-text-unchanged', dataTextUnchanged],
]);

const NOT_EQUAL = 'not-equal:';

/** What a check finds wrong. */
export function runCheck(name: string, ran: Ran): readonly string[] {
  if (name.startsWith(NOT_EQUAL)) return notEqual(ran.value, name.slice(NOT_EQUAL.length));
  const check = CHECKS.get(name);
  return check === undefined ? [`this runner does not know the check ${name}`] : check(ran);
}

/** What was checked is what is used: a field is read once, and the first reading counts. */
function singleRead({ probes, value }: Ran): readonly string[] {
  return probes.flipping.flatMap(({ name, first, reads }) => {
    if (reads > 1) return [`${name} was read ${reads} times`];
    const used: unknown = value instanceof Object ? Reflect.get(fieldsOf(value), name) : undefined;
    return value !== undefined && JSON.stringify(used) !== JSON.stringify(first)
      ? [`${name} is not what the first reading gave`]
      : [];
  });
}

/** What is signed is what is sent: nothing is asked for its JSON form a second time. */
function encodeOnce({ probes, value }: Ran): readonly string[] {
  const faults = probes.flipping
    .filter(({ reads }) => reads > 1)
    .map(({ name, reads }) => `${name} was read ${reads} times`);
  if (probes.toJsonCalls > 1) faults.push(`toJSON was called ${probes.toJsonCalls} times`);
  if (value instanceof WireObject && value.serialize() !== value.serialize()) faults.push('it is written in two ways');
  return faults;
}

function isolation({ value, input }: Ran): readonly string[] {
  return value instanceof WireObject && spoilingChanges(value, input) ? ['a change from outside is seen inside'] : [];
}

/** Signing and encryption look at this by themselves; of a package, only the bytes of the view count. */
function viewRespected({ value, input }: Ran): readonly string[] {
  if (!(input instanceof Uint8Array) || !(value instanceof WireObject)) return [];
  return dim.ReliableMessage.decode(input.slice()).serialize() === value.serialize()
    ? []
    : ['more than the view was read'];
}

/** The signature covers the text, byte for byte. */
function dataTextUnchanged({ value, input }: Ran): readonly string[] {
  if (!(value instanceof Document)) return [];
  const written = (input as { readonly data?: unknown }).data;
  const kept = [value.data, value.fields['data'], value.toMap()['data'], dim.Document.parse(value.toMap()).data];
  return kept.every((text) => text === written) ? [] : ['the signed text is not what was received'];
}

function notEqual(value: unknown, text: string): readonly string[] {
  if (!(value instanceof ID)) return [];
  const other = dim.ID.parse(text);
  const isSame = value.equals(other) || other.equals(value) || value.entityKey === other.entityKey;
  return isSame || value.toString() === other.toString() ? [`it equals ${text}`] : [];
}

function fieldsOf(value: object): object {
  const fields: unknown = Reflect.get(value, 'fields');
  return typeof fields === 'object' && fields !== null ? fields : value;
}
