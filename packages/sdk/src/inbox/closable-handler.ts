/** Handlers of an application: closing the client does not wait for them, as one of them may be what closes it, and wait for that. */
import { DimError } from 'dimp';
import type { HandlerDefinition } from '../ports/handler.ts';
import { untilEnded } from './until-ended.ts';

/** What handlers that were not waited for ended with: an application may throw what looks the same. */
const ends = new WeakSet<DimError>();

/** Whether a handler was not done when the client was closed. */
export function wasNotDone(error: unknown): boolean {
  return error instanceof DimError && ends.has(error);
}

/** A handler that is not waited for after the end. What it was to handle is neither handled nor refused then: it comes again. */
export function closableHandler(handler: HandlerDefinition, signalOf: () => AbortSignal): HandlerDefinition {
  return {
    defines: 'handler',
    kind: handler.kind,
    isExclusive: handler.isExclusive,
    handle: async (received) => {
      const signal = signalOf();
      const closed = new DimError('STORE_CLOSED', 'the client was closed before a handler was done');
      ends.add(closed);
      if (signal.aborted) throw closed;
      const work = Promise.resolve(handler.handle(received));
      if (!(await untilEnded(work, signal))) throw closed;
      return work;
    },
  };
}
