/** What comes in one by one, in batches: while one is worked on, the next one gathers. */
import { Signal } from '../device/signal.ts';

/** Takes from a source, and holds no more than one batch beside the one that was given. */
export async function* batchesOf<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  const [filled, emptied] = [new Signal(), new Signal()];
  const over = new AbortController();
  let gathered: T[] = [];
  let failure: { readonly error: unknown } | undefined;
  const gather = async (): Promise<void> => {
    try {
      for await (const one of source) {
        gathered.push(one);
        filled.set();
        while (gathered.length >= size) if (!(await emptied.wait(over.signal))) return;
      }
    } catch (error) {
      failure = { error };
    }
    over.abort();
    filled.set();
  };
  void gather();
  try {
    for (;;) {
      await filled.wait(over.signal);
      const batch = gathered;
      gathered = [];
      emptied.set();
      if (batch.length > 0) yield batch;
      else if (over.signal.aborted) break;
    }
    if (failure !== undefined) throw failure.error;
  } finally {
    over.abort();
  }
}
