/** The kinds of values that options have: what is allowed, and how they are read and shown. */
import type { JsonValue } from 'dimp';
import { printable } from 'dimp/internal';

/** A kind of values. What is not allowed reads as undefined. */
export interface Kind<T> {
  /** What stands for a value in the help: `port` in `--port <port>`. */
  readonly placeholder: string;
  /** What is allowed, as it goes on after "must be". */
  readonly allowed: string;
  /** Whether it is the path of a file: one in a configuration file counts from the folder of that. */
  readonly isPath?: boolean;
  /** From a flag or the environment. */
  fromText(text: string): T | undefined;
  /** From a configuration file. */
  fromJson(value: JsonValue): T | undefined;
  /** Of several values, which one is wrong, and why. */
  faultIn?(value: JsonValue): string | undefined;
  /** As a flag could give it. */
  show(value: T): string;
}

/** Longest text that is taken: a path. */
const MAX_TEXT = 4096;

/** A kind of one text. */
export function textKind(
  placeholder: string,
  allowed: string,
  isAllowed: (text: string) => boolean = () => true,
): Kind<string> {
  const fromText = (text: string) =>
    text !== '' && text.length <= MAX_TEXT && !text.includes('\0') && isAllowed(text) ? text : undefined;
  return {
    placeholder,
    allowed,
    fromText,
    fromJson: (value) => (typeof value === 'string' ? fromText(value) : undefined),
    show: (value) => value,
  };
}

/** The path of a file or folder. */
export const path: Kind<string> = { ...textKind('path', 'the path of a file'), isPath: true };

/** The path of a folder. */
export const folder: Kind<string> = { ...textKind('path', 'the path of a folder'), isPath: true };

/** A whole number. */
export function wholeNumber(placeholder: string, lowest: number, highest: number): Kind<number> {
  const within = (value: number) =>
    Number.isInteger(value) && value >= lowest && value <= highest ? value : undefined;
  return {
    placeholder,
    allowed: `a whole number from ${lowest} to ${highest}`,
    fromText: (text) => (/^\d{1,15}$/.test(text) ? within(Number(text)) : undefined),
    fromJson: (value) => (typeof value === 'number' ? within(value) : undefined),
    show: String,
  };
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
  ['', 1],
]);

/** A number of bytes: `1048576`, or `1MiB`. */
export function bytes(lowest: number, highest: number): Kind<number> {
  const within = (value: number) =>
    Number.isInteger(value) && value >= lowest && value <= highest ? value : undefined;
  const fromText = (text: string) => {
    const [, digits, unit = ''] = /^(\d{1,15})(KiB|MiB|GiB)?$/.exec(text) ?? [];
    return digits === undefined ? undefined : within(Number(digits) * (UNITS.get(unit) ?? 1));
  };
  return {
    placeholder: 'bytes',
    allowed: `bytes from ${showBytes(lowest)} to ${showBytes(highest)}, as 65536, 64KiB, 64MiB or 1GiB`,
    fromText,
    fromJson: (value) => (typeof value === 'string' ? fromText(value) : wholeBytes(value, within)),
    show: showBytes,
  };
}

function wholeBytes(value: JsonValue, within: (value: number) => number | undefined): number | undefined {
  return typeof value === 'number' ? within(value) : undefined;
}

/** As a flag could give it. */
export function showBytes(value: number): string {
  const [unit, size] = [...UNITS].find(([, bytesOfUnit]) => value > 0 && value % bytesOfUnit === 0) ?? ['', 1];
  return `${value / size}${unit}`;
}

/** One of a few words. */
export function choice<const T extends string>(...words: readonly T[]): Kind<T> {
  const find = (value: JsonValue) => words.find((word) => word === value);
  return {
    placeholder: 'word',
    allowed: `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`,
    fromText: find,
    fromJson: find,
    show: (value) => value,
  };
}

/** Values in a row: with commas between them, or a list of JSON. */
export function list<T>(item: Kind<T>, allowed: string): Kind<readonly T[]> {
  const all = (values: readonly JsonValue[] | undefined) => {
    const found = values?.map((value) => item.fromJson(value)).filter((value) => value !== undefined);
    return found?.length === values?.length ? found : undefined;
  };
  return {
    placeholder: `${item.placeholder},...`,
    allowed,
    fromText: (text) => all(partsOf(text)),
    fromJson: (value) => all(partsOf(value)),
    faultIn: (value) => {
      const parts = partsOf(value) ?? [];
      const wrong = parts.find((part) => item.fromJson(part) === undefined);
      return parts.length < 2 || wrong === undefined ? undefined : `${shown(wrong)} is none`;
    },
    show: (values) => values.map((value) => item.show(value)).join(','),
  };
}

/** Those of a list, or of the text that a flag would have. */
function partsOf(value: JsonValue): readonly JsonValue[] | undefined {
  if (typeof value === 'string') return value === '' ? [] : value.split(',').map((part) => part.trim());
  return Array.isArray(value) ? (value as readonly JsonValue[]) : undefined;
}

const MAX_SHOWN = 60;

/** A text as it was given: with JSON in it, the signs of JSON once more would hide what is wrong. */
export function shown(value: JsonValue): string {
  if (typeof value !== 'string') return printable(JSON.stringify(value), MAX_SHOWN);
  const quote = value.includes('"') ? "'" : '"';
  return printable(`${quote}${value}${quote}`, MAX_SHOWN);
}
