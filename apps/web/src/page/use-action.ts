/** What a button does: once at a time, and what went wrong stays to be shown. */
import { useRef, useState } from 'preact/hooks';
import { failureOf } from '../link/failure-of.ts';
import type { Failure } from '../protocol/views.ts';

export interface Action<P extends readonly unknown[]> {
  /** Gives whether it was done. A second call while the first is going does nothing. */
  readonly run: (...parameters: P) => Promise<boolean>;
  readonly isGoing: boolean;
  readonly failure: Failure | undefined;
  readonly forget: () => void;
}

export function useAction<P extends readonly unknown[]>(act: (...parameters: P) => Promise<unknown>): Action<P> {
  const [isGoing, setGoing] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const going = useRef(false);
  const run = async (...parameters: P): Promise<boolean> => {
    if (going.current) return false;
    going.current = true;
    setGoing(true);
    setFailure(undefined);
    try {
      await act(...parameters);
      return true;
    } catch (error) {
      setFailure(failureOf(error));
      return false;
    } finally {
      going.current = false;
      setGoing(false);
    }
  };
  return { run, isGoing, failure, forget: () => setFailure(undefined) };
}
