/** An attempt to connect: it succeeds, fails, takes too long, or is aborted. */
import { DimError, isDimError } from 'dimp';
import type { Connection, ConnectOptions } from '../ports/connection.ts';
import type { Logger } from '../ports/logger.ts';

/** An attempt is given up after so many seconds, as deployed clients do. */
const WITHIN = 128;

/** How an attempt ends. What comes first counts. */
export interface Attempt {
  readonly succeed: (connection: Connection) => void;
  /** @param cause what the platform says */
  readonly fail: (cause: unknown) => void;
  /** What to do with what was begun, unless it succeeds. */
  readonly onGiveUp: (release: () => void) => void;
}

/**
 * Runs an attempt, and logs how it and the connection end.
 *
 * @param name where it leads to
 * @throws DimError `CONNECTION_FAILED`; the signal's reason when it is aborted
 */
export async function attempt(
  name: string,
  { clock, logger, signal }: ConnectOptions,
  begin: (attempt: Attempt) => void,
): Promise<Connection> {
  signal.throwIfAborted();
  const over = new AbortController();
  let release = (): void => undefined;
  try {
    const connection = await new Promise<Connection>((resolve, reject) => {
      const fail = (reason: string, cause?: unknown): void =>
        reject(new DimError('CONNECTION_FAILED', `${name}: ${reason}`, { cause }));
      signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: over.signal });
      clock.wait(WITHIN, over.signal).then(
        () => fail(`no connection within ${WITHIN} seconds`),
        (error: unknown) => fail('the clock failed', error),
      );
      try {
        begin({
          succeed: resolve,
          fail: (cause) => fail(`no connection could be made${whyOf(cause)}`, cause),
          onGiveUp: (action) => {
            release = action;
          },
        });
      } catch (error) {
        fail(`no connection could be made${whyOf(error)}`, error);
      }
    });
    logger.debug('connected', { name });
    void logEnd(connection, logger);
    return connection;
  } catch (error) {
    release();
    logger.debug('not connected', { name });
    throw error;
  } finally {
    over.abort();
  }
}

/** By the codes of the system. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'nobody listens there'],
  ['ENOTFOUND', 'nobody knows that name'],
  ['EAI_AGAIN', 'names cannot be looked up now'],
  ['ENETUNREACH', 'there is no way there'],
  ['EHOSTUNREACH', 'there is no way there'],
  ['ETIMEDOUT', 'nobody answers'],
]);

/** What the platform says, where it says something: codes of TLS stand for themselves. */
function whyOf(cause: unknown): string {
  const { code } = (cause ?? {}) as { readonly code?: unknown };
  if (typeof code !== 'string' || !/^[A-Z][A-Z0-9_]{0,60}$/.test(code)) return '';
  return `: ${REASONS.get(code) ?? code}`;
}

/** A logger that throws is no reason for the process to end. */
async function logEnd({ name, ended }: Connection, logger: Logger): Promise<void> {
  const end = await ended;
  const code = end.reason === 'failed' && isDimError(end.error) ? end.error.code : undefined;
  try {
    logger.debug('disconnected', { name, reason: end.reason, code });
  } catch {
    // There is nobody to tell.
  }
}
