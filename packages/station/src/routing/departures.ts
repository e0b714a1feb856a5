/**
 * Messages that leave this station for another one, and are removed here once they are there. One may come back at any moment,
 * as its receiver does, over another connection than it left by: then it stays.
 */
import type { TraceGuard } from './trace-guard.ts';

/** A message on its way to another station. */
interface Departure {
  /** It is here again: whatever the other station says, it is kept. */
  hasReturned: boolean;
  /** It is being removed. */
  removal: Promise<void> | undefined;
}

/** Knows what leaves. */
export class Departures {
  readonly #guard: TraceGuard;
  readonly #leaving = new Map<string, Departure>();

  constructor(guard: TraceGuard) {
    this.#guard = guard;
  }

  /** A message begins to leave. @returns false where it does so already, to another station */
  begin(trace: string): boolean {
    if (this.#leaving.has(trace)) return false;
    this.#leaving.set(trace, { hasReturned: false, removal: undefined });
    return true;
  }

  /** It was not taken: it stays. */
  failed(trace: string): void {
    this.#leaving.delete(trace);
  }

  /** Messages are at the other station: those of them that have not come back are removed, and may come back from then on. */
  async arrived(traces: readonly string[], remove: (gone: ReadonlySet<string>) => Promise<void>): Promise<void> {
    const gone = new Set(traces.filter((trace) => this.#leaving.get(trace)?.hasReturned !== true));
    const removal = this.#remove(gone, remove);
    for (const trace of gone) {
      const departure = this.#leaving.get(trace);
      // Whoever waits for it looks afterwards whether the message is here.
      if (departure !== undefined) departure.removal = removal.then(ignore, ignore);
    }
    try {
      await removal;
    } finally {
      for (const trace of traces) this.#leaving.delete(trace);
    }
  }

  /** A message has come. @returns when nothing removes it any more */
  async returned(trace: string): Promise<void> {
    const departure = this.#leaving.get(trace);
    if (departure === undefined) return;
    departure.hasReturned = true;
    await departure.removal;
  }

  async #remove(gone: ReadonlySet<string>, remove: (gone: ReadonlySet<string>) => Promise<void>): Promise<void> {
    if (gone.size === 0) return;
    await remove(gone);
    for (const trace of gone) this.#guard.forget(trace);
  }
}

function ignore(): void {
  // Whoever removes is told.
}
