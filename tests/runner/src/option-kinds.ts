/** Kinds of options; what gives a path is read by the functions of `paths`. */
import type { Flag, Valued } from './command.ts';
import { nameAmong, quoted } from './names.ts';
import { UsageError } from './usage-error.ts';

/** An option with nothing behind it. */
export function flag(about: string): Flag {
  return { kind: 'flag', about, isOn: false };
}

/** An option `--no-NAME`; its value is whether it was not given. */
export function unlessLeftOut(about: string): Flag {
  return { kind: 'flag', about, isOn: true };
}

/** What stands for an option that is not given, and how the help calls it. */
interface Fallback<T> {
  readonly fallback: T;
  readonly or: string;
}

type Read<T> = (text: string) => T;

/** An option whose value any function reads. Of several values the last one counts. */
export function valued<T>(takes: string, about: string, read: Read<T>): Valued<T | undefined>;
export function valued<T>(takes: string, about: string, read: Read<T>, otherwise: Fallback<T>): Valued<T>;
export function valued<T>(takes: string, about: string, read: Read<T>, otherwise?: Fallback<T>): Valued<T | undefined> {
  return {
    kind: 'valued',
    takes,
    about,
    fallback: otherwise?.fallback,
    or: otherwise?.or,
    read: (texts) => read(texts.at(-1) ?? ''),
  };
}

/** Any text: a part of a name, a command. */
export function anyText(text: string): string {
  return text;
}

/** A number of zero or more. */
export function numberOf(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0)
    throw new UsageError(`${quoted(text)} must be a number of zero or more`);
  return number;
}

/** A whole number of zero or more. */
export function wholeNumberOf(text: string): number {
  const number = numberOf(text);
  if (!Number.isSafeInteger(number)) throw new UsageError(`${quoted(text)} must be a whole number of zero or more`);
  return number;
}

/** One of these names. */
export function oneOf<const T extends string>(what: string, names: readonly T[], about: string): Valued<T | undefined> {
  return valued(what.toUpperCase(), `${about}: ${names.join(', ')}`, (text) => nameAmong(text, names, what));
}

/** Any of these names, with commas between them or the option before each; all of them where none is given. */
export function anyOf<const T extends string>(what: string, names: readonly T[], about: string): Valued<readonly T[]> {
  return {
    kind: 'valued',
    takes: `${what.toUpperCase()},…`,
    about: `${about}: ${names.join(', ')}`,
    fallback: names,
    or: 'all',
    read: (texts) => texts.flatMap((text) => text.split(',')).map((text) => nameAmong(text, names, what)),
  };
}
