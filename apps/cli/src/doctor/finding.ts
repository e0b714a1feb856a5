/** What a doctor finds. */
import type { JsonMap } from 'dimp';
import { exitCodeOf } from '../command/exit-codes.ts';
import { failureOf } from '../command/failure.ts';
import type { Style } from '../text/style.ts';

/** One thing that was looked at. */
export interface Finding {
  /** `store`, `keys`, … */
  readonly about: string;
  readonly is: 'good' | 'bad' | 'unknown';
  /** What is there, or what is wrong; printable. */
  readonly says: string;
  /** What to do. */
  readonly advice?: string | undefined;
  /** The code of the error, where there is one. */
  readonly code?: string | undefined;
}

/** Looks at something; an error is a finding too. */
export async function look(about: string, see: () => Promise<Finding | undefined>): Promise<readonly Finding[]> {
  try {
    const finding = await see();
    return finding === undefined ? [] : [finding];
  } catch (error) {
    return [badFrom(about, error)];
  }
}

/** What an error says of something. */
export function badFrom(about: string, error: unknown): Finding {
  const { json } = failureOf(error);
  const { code, reason, advice } = json['error'] as {
    readonly code: string;
    readonly reason: string;
    readonly advice?: string;
  };
  return { about, is: 'bad', says: reason, advice: OWN_ADVICE[code] ?? advice, code };
}

/** Where that of other commands is to ask the doctor. */
const OWN_ADVICE: Readonly<Record<string, string>> = {
  CONNECTION_FAILED:
    'Is the station running, and the address right? --station tries another, `dim station use` chooses one.',
};

/** The documented shape: `{ about, is, says, advice, code }`. */
export function findingJson({ about, is, says, advice, code }: Finding): JsonMap {
  return { about, is, says, advice: advice ?? null, code: code ?? null };
}

const MARKS = { good: ['green', 'good'], bad: ['red', 'BAD'], unknown: ['yellow', '?'] } as const;

/** For people: a line, and one for what to do. */
export function findingText({ about, is, says, advice }: Finding, style: Style): string {
  const [color, word] = MARKS[is];
  const first = `${style(color, word.padEnd(6))}${about.padEnd(12)}${says}`;
  return advice === undefined ? first : `${first}\n${' '.repeat(18)}${advice}`;
}

/** By the first thing that is bad. */
export function exitCodeFor(findings: readonly Finding[]): number {
  const bad = findings.find(({ is }) => is === 'bad');
  return bad === undefined ? 0 : exitCodeOf(bad.code ?? '');
}
