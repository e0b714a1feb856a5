/** A finding: an input for which a target does not keep its word. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a target throws. Findings of one rule are one finding. */
export class Finding extends Error {
  override readonly name = 'Finding';
  /** The rule that was broken, in words that do not depend on the input. */
  readonly rule: string;

  constructor(rule: string, detail = '', cause?: unknown) {
    super(detail === '' ? rule : `${rule}: ${detail}`, { cause });
    this.rule = rule;
  }
}

/** Throws a finding unless a condition holds. The detail is a function: it is rarely needed, and costs time. */
export function expect(condition: boolean, rule: string, detail?: () => string): asserts condition {
  if (!condition) throw new Finding(rule, detail?.().slice(0, 2000));
}

/** Anything that a target throws, as a finding. */
export function asFinding(error: unknown): Finding {
  if (error instanceof Finding) return error;
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const place = error instanceof Error ? (/\n\s+at (.*)/.exec(error.stack ?? '')?.[1] ?? '') : '';
  return new Finding(`threw ${name} ${place.replace(/\(?file:.*\//, '')}`, String(error), error);
}

/** A short name for an input, that follows from its bytes. */
export function nameOf(input: Uint8Array): string {
  return createHash('sha256').update(input).digest('hex').slice(0, 12);
}

/** Writes the input of a finding. @returns the path of the file */
export function saveFinding(directory: string, target: string, input: Uint8Array): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${target}-${nameOf(input)}`);
  writeFileSync(file, input);
  return file;
}
