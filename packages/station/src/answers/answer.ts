/** What the station is asked, and what it answers. */
import type { Content, ID, JsonMap, ReliableMessage } from 'dimp';
import { fieldOfAny } from 'dimp/extend';
import type { Session } from '../sessions/session.ts';

/** A content that is for the station. */
export interface Request {
  readonly session: Session;
  readonly message: ReliableMessage;
  readonly content: Content;
  /** Who asks, at the terminal. */
  readonly sender: ID;
  /** Whether it is a station that this one trusts. */
  readonly isNeighbor: boolean;
}

/** What is answered, and what else comes of it. */
export interface Answer {
  /** The fields of the contents. */
  readonly contents: readonly JsonMap[];
  /** Whether the user has come in, or is active again: what waits goes out. */
  readonly hasCome?: boolean;
  /** Whether the user is inactive from now on: nothing goes out. */
  readonly hasGone?: boolean;
  /** Whose meta or visas are known now: what waited for them is taken up. */
  readonly learned?: ID;
  /** Whose meta or visas were asked for, and are not known here. */
  readonly missed?: ID;
  /** Who can be reached at another station from now on. */
  readonly moved?: { readonly user: ID; readonly terminal: string };
  /** Messages to everybody that a neighbor has handed on: logins of those whom it was asked for. */
  readonly brought?: readonly JsonMap[];
}

/** Nothing. */
export const NO_ANSWER: Answer = Object.freeze({ contents: [] });

/** An answer of some contents, by their fields. */
export function reply(...contents: readonly JsonMap[]): Answer {
  return { contents };
}

/** The text of the first of some fields that is there; undefined for what is no text. */
export function textField(fields: JsonMap, ...names: readonly string[]): string | undefined {
  const value = fieldOfAny(fields, names);
  return typeof value === 'string' ? value : undefined;
}
