/** Whether a row that came back is the one that was put. */
import type { JsonValue } from 'dimp';
import type { Row } from 'dimsdk';
import { isBytes, shortForm } from '../report/short-form.ts';
import { allOf, areBytes, verdict, type Verdict } from '../report/verdict.ts';

/** Whether a row is another one, in each of its fields. */
export function isRow(received: Row | undefined | null, wanted: Row): Verdict {
  const name = `the row ${JSON.stringify(wanted.key)}`;
  if (received === undefined || received === null) return { expected: name, received: 'no row' };
  const of = (field: string): string => `${field} of ${name}`;
  const texts = (['table', 'key', 'partition', 'order'] as const).map((field) =>
    verdict(
      received[field] === wanted[field],
      `${of(field)}: ${shortForm(wanted[field])}`,
      `${of(field)}: ${shortForm(received[field])}`,
    ),
  );
  const value: Verdict = isSameJson(received.value, wanted.value) || {
    expected: `${of('value')}: ${jsonForm(wanted.value)}`,
    received: `${of('value')}: ${jsonForm(received.value)}`,
  };
  return allOf([...texts, value, haveBytes(received.bytes, wanted.bytes, of('bytes'))]);
}

function haveBytes(received: unknown, wanted: Uint8Array | undefined, what: string): Verdict {
  if (wanted === undefined) return verdict(received === undefined, `no ${what}`, `${what}: ${shortForm(received)}`);
  if (!isBytes(received)) return { expected: `${wanted.length} ${what}`, received: `${what}: ${shortForm(received)}` };
  return areBytes(received, wanted, `the ${wanted.length} ${what}, as they were`);
}

/** Whether two JSON values are the same, in whatever order the fields of a map come. */
export function isSameJson(one: unknown, other: JsonValue | undefined): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => isSameJson(item, (other as readonly JsonValue[])[index]))
    );
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) =>
        Object.hasOwn(other, name) &&
        isSameJson(
          (one as Readonly<Record<string, unknown>>)[name],
          (other as Readonly<Record<string, JsonValue>>)[name],
        ),
    )
  );
}

/** A value in short, with bigints as they are. */
function jsonForm(value: unknown): string {
  const text = JSON.stringify(value, (_name, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
  return text === undefined ? shortForm(value) : text.slice(0, 200);
}
