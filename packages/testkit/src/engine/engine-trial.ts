/** What all rules about engines are checked with: boxes, messages, and what is read of them. */
import { isDimError, type Awaitable } from 'dimp';
import type { Box, Engine, MailboxLimits, Posting, PostingOutcome, StoredMessage } from 'dimstation';
import type { Contract } from '../report/contract.ts';
import { errorForm } from '../report/short-form.ts';
import { verdict, type Verdict } from '../report/verdict.ts';

/** How to get an engine to be checked. */
export interface EngineSamples {
  /** A new, empty engine. */
  open(): Awaitable<Engine>;
  /**
   * The same engine after a restart: what was kept must be there. It may close what it is given. Left out for an engine that
   * forgets by design.
   */
  reopen?(engine: Engine): Awaitable<Engine>;
}

/** One run of the contract. */
export interface EngineTrial {
  readonly contract: Contract;
  readonly samples: EngineSamples;
}

/** The samples, where each engine that they give is put down. */
export function tracked(samples: EngineSamples, opened: Set<Engine>): EngineSamples {
  const note = (engine: Engine): Engine => {
    opened.add(engine);
    return engine;
  };
  const open = async (): Promise<Engine> => note(await samples.open());
  if (samples.reopen === undefined) return { open };
  return { open, reopen: async (engine) => note((await samples.reopen?.(engine)) ?? engine) };
}

/** An engine after a restart, where there can be one. */
export async function restarted(samples: EngineSamples, engine: Engine): Promise<Engine> {
  return (await samples.reopen?.(engine)) ?? engine;
}

/** More than any rule needs. */
export const ROOM: MailboxLimits = { messages: 1_000_000, bytes: 1_000_000_000 };

/** Where most messages of the rules are. */
export const BOX: Box = { user: 'user', terminal: 'phone' };
export const TABLET: Box = { user: 'user', terminal: 'tablet' };
export const OTHER: Box = { user: 'other', terminal: 'phone' };

/** When messages came, where it does not matter. */
export const NOON = 1_700_000_000;

/** A message whose bytes, and mark, are a text. */
export function posting(text: string, parts: Partial<Posting> = {}): Posting {
  return { boxes: [BOX], sender: 'sender', bytes: bytesOf(text), mark: `mark of ${text}`, keptAt: NOON, ...parts };
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Keeps messages that all fit, one call for each. */
export async function keep(engine: Engine, ...postings: readonly Posting[]): Promise<readonly PostingOutcome[]> {
  const outcomes: PostingOutcome[] = [];
  for (const each of postings) outcomes.push(...((await engine.mailbox.append([each], ROOM))[0] ?? []));
  return outcomes;
}

/** Numbers up to a count, as texts of one length: in their order as texts, too. */
export function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index).padStart(5, '0'));
}

/** All that waits in a box. */
export function messagesIn(engine: Engine, box = BOX): Promise<readonly StoredMessage[]> {
  return engine.mailbox.read(box, 0, ROOM);
}

/** The bytes of all that waits in a box, as texts. */
export async function textsIn(engine: Engine, box = BOX): Promise<readonly string[]> {
  return (await messagesIn(engine, box)).map(textOf);
}

export function textOf({ bytes }: StoredMessage): string {
  return new TextDecoder().decode(bytes);
}

/** Outcomes in short: `kept`, `known`, `full`, without positions. */
export function inShort(outcomes: readonly PostingOutcome[]): readonly string[] {
  return outcomes.map(({ is }) => is);
}

/** The position of what is in a box; NaN where it is not. */
export function positionOf(outcome: PostingOutcome | undefined): number {
  return outcome === undefined || outcome.is === 'full' ? Number.NaN : outcome.position;
}

/** Whether counts are those that were wanted. */
export function areCounts(
  what: string,
  received: Readonly<Record<'messages' | 'bytes', number>> | undefined,
  messages: number,
  bytes: number,
): Verdict {
  const wanted = `${messages} messages of ${bytes} bytes ${what}`;
  if (received === undefined) return verdict(messages === 0, wanted, `nothing ${what}`);
  return verdict(
    received.messages === messages && received.bytes === bytes,
    wanted,
    `${received.messages} messages of ${received.bytes} bytes ${what}`,
  );
}

/** Whether a call is refused, with an error of a code where one is given. */
export async function isRefused(call: () => unknown, what: string, code?: string): Promise<Verdict> {
  const expected = `a DimError ${code ?? ''} for ${what}`;
  try {
    await call();
  } catch (error) {
    return verdict(isDimError(error) && (code === undefined || error.code === code), expected, errorForm(error));
  }
  return { expected, received: `no error for ${what}` };
}
