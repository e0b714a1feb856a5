/** What is wrong, as data; and steps that may go wrong without ending an explanation. */
import { type Awaitable, type DimError, type ErrorCode, type Missing, type Result } from 'dkd';
import { asDimError } from 'dkd/internal';
import { asOutcome } from '../trust/introduction.ts';

/** The first of a list that a peer may have made long, and how many more there are. */
export interface FirstOf<T> {
  readonly items: readonly T[];
  readonly more: number;
}

/** What is wrong, as a `DimError` says it. */
export interface Fault {
  readonly code: ErrorCode;
  /** Where in the message; empty for all of it. */
  readonly path: string;
  readonly reason: string;
  /** What to fetch before it is worth trying again. */
  readonly missing: readonly MissingThing[];
}

/** One thing that is missing, with its IDs as text: see `Missing`. */
export interface MissingThing {
  readonly what: 'meta' | 'visa' | 'members' | 'private-key' | 'message-key';
  readonly id: string;
  /** Of a message key: to whom the sender wrote. */
  readonly destination?: string;
}

/** How many of a list are shown. */
export const MAX_SHOWN = 16;

/** The first of a list. */
export function firstOf<T>(list: readonly T[], max = MAX_SHOWN): FirstOf<T> {
  return { items: list.slice(0, max), more: Math.max(0, list.length - max) };
}

/** An error as data. */
export function faultOf({ code, path, reason, missing }: DimError): Fault {
  return { code, path, reason, missing: missing.slice(0, MAX_SHOWN).map((thing) => asData(thing)) };
}

function asData(thing: Missing): MissingThing {
  const id = thing.id.toString();
  return thing.what === 'message-key'
    ? { what: thing.what, id, destination: thing.destination.toString() }
    : { what: thing.what, id };
}

/** A step, and the error that it ended with. @throws what is no fault of the message: the memory's, a mistake of this library */
export async function attempt<T>(step: () => Awaitable<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await step() };
  } catch (error) {
    return { ok: false, error: asOutcome(error) };
  }
}

/** {@link attempt} of a reader: whatever it ends with is the fault of what it reads. */
export function attemptNow<T>(step: () => T): Result<T> {
  try {
    return { ok: true, value: step() };
  } catch (error) {
    return { ok: false, error: asDimError(error) };
  }
}

/** The error of a step that was taken and went wrong. */
export function errorOf(result: Result<unknown> | undefined): DimError | undefined {
  return result === undefined || result.ok ? undefined : result.error;
}
