/** What a check found: that a rule is kept, or what was expected and what came instead. */
import type { Awaitable, JsonMap } from 'mkm';
import { shortForm } from './short-form.ts';

/** What is wrong, in words. */
export interface Fault {
  readonly expected: string;
  readonly received: string;
}

export type Verdict = true | Fault;

/** A verdict on what has no shorter form than words. */
export function verdict(isKept: boolean, expected: string, received: string): Verdict {
  return isKept ? true : { expected, received };
}

/** Whether a value is the one that was wanted: text, number, boolean or undefined. */
export function isValue(received: unknown, wanted: unknown): Verdict {
  return verdict(Object.is(received, wanted), shortForm(wanted), shortForm(received));
}

/** Whether bytes are the ones that were wanted. They may be secret: only their number is told. */
export function areBytes(received: Uint8Array | undefined, wanted: Uint8Array, what: string): Verdict {
  if (received?.length !== wanted.length) return { expected: what, received: shortForm(received) };
  // There may be millions of them.
  for (let index = 0; index < wanted.length; index++)
    if (received[index] !== wanted[index]) return { expected: what, received: `${wanted.length} other bytes` };
  return true;
}

/** Whether a value is written as a map, field by field. The fields may be secret: only their names are told. */
export function isWrittenAs(received: unknown, wanted: JsonMap): Verdict {
  const text: unknown = JSON.stringify(received);
  const expected = `a map with the fields ${Object.keys(wanted).join(', ')}, as they were`;
  if (text === JSON.stringify(wanted)) return true;
  if (typeof text !== 'string') return { expected, received: shortForm(received) };
  const written: unknown = JSON.parse(text);
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    return { expected, received: shortForm(written) };
  return { expected, received: differences(written as JsonMap, wanted).join(', ') || 'its fields in another order' };
}

function differences(written: JsonMap, wanted: JsonMap): readonly string[] {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(written)])];
  return names.flatMap((name) => {
    if (!Object.hasOwn(written, name)) return `no field ${name}`;
    if (!Object.hasOwn(wanted, name)) return `a new field ${name}`;
    return JSON.stringify(written[name]) === JSON.stringify(wanted[name]) ? [] : `another value of the field ${name}`;
  });
}

/** All that is wrong of several things; what is right is true. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  const faults = verdicts.filter((each) => each !== true);
  if (faults.length === 0) return true;
  const join = (texts: readonly string[]): string => [...new Set(texts)].join('; ');
  return {
    expected: join(faults.map(({ expected }) => expected)),
    received: join(faults.map(({ received }) => received)),
  };
}

/** As many faults of one kind as help to find the cause. */
const ENOUGH = 3;

/** All that is wrong of many alike things, of which the first faults say enough. */
export async function firstOf<T>(items: readonly T[], check: (item: T) => Awaitable<Verdict>): Promise<Verdict> {
  const faults: Fault[] = [];
  for (const item of items) {
    const found = await check(item);
    if (found !== true) faults.push(found);
  }
  const found = allOf(faults.slice(0, ENOUGH));
  if (found === true || faults.length <= ENOUGH) return found;
  return { expected: found.expected, received: `${found.received}; and ${faults.length - ENOUGH} more` };
}
