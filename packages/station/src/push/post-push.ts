/** One request of a webhook: it ends, whatever the receiver does. */
import type { Clock } from 'dimsdk';
import { SIGNATURE_HEADER, signPush } from './push-signature.ts';

/** What is needed to send notifications on. */
export interface PushTarget {
  readonly url: string;
  readonly secret: Uint8Array;
  readonly clock: Clock;
  /** How long the receiver may take, in seconds. */
  readonly timeout: number;
  readonly fetch: typeof fetch;
}

/** What became of a request. */
export interface PostOutcome {
  /** The receiver has it; it may have it when it is sent again; it will not take it. */
  readonly is: 'taken' | 'failed' | 'refused';
  /** The status of the answer, or what went wrong: for logs. */
  readonly why: string;
}

/** Answers of those who cannot now, and may later: 408, 425, 429 and all from 500 on. */
const LATER: ReadonlySet<number> = new Set([408, 425, 429]);

/** Sends a body, signed anew. Redirections are not followed: they would carry it to somebody whom nobody has named. */
export async function postPush(
  { url, secret, clock, timeout, fetch: send }: PushTarget,
  body: string,
): Promise<PostOutcome> {
  const request = new AbortController();
  const timer = new AbortController();
  void abortAfter(clock, timeout, timer.signal, request);
  try {
    const response = await send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signPush(secret, clock.now(), body) },
      body,
      redirect: 'manual',
      signal: request.signal,
    });
    const { status, ok } = response;
    // What it answers is of no use, and may have no end.
    await response.body?.cancel();
    if (ok) return { is: 'taken', why: String(status) };
    return { is: status >= 500 || LATER.has(status) ? 'failed' : 'refused', why: String(status) };
  } catch (error) {
    return { is: 'failed', why: request.signal.aborted ? 'no answer in time' : nameOf(error) };
  } finally {
    timer.abort();
  }
}

async function abortAfter(clock: Clock, seconds: number, signal: AbortSignal, request: AbortController): Promise<void> {
  try {
    await clock.wait(seconds, signal);
    request.abort();
  } catch {
    // It ended before.
  }
}

/** The code of a failure of the network; never its text, which may have the address in it with all its parameters. */
function nameOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string')
    return cause.code;
  return error instanceof Error ? error.name : 'other';
}
