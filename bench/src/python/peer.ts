/** The Python implementation in a child process, doing the same work. */
import type { Effort } from '../compare.ts';

/** A running child process. */
export interface PythonPeer {
  /** Operations a second. */
  rate(operation: string, effort: Effort): Promise<number | undefined>;
  stop(): void;
}

/** Starts it, if `python3` has the packages. */
export async function startPython(): Promise<PythonPeer | undefined> {
  return undefined;
}
