/**
 * Steps of a task that "back" of the browser goes through one by one, as the button on the page does. Each step that is gone on to
 * is an entry of the history, with its number; the page itself stays where it is.
 */
import { useEffect, useRef, useState } from 'preact/hooks';

export interface Steps<S> {
  readonly step: S;
  /** Goes on to a step. */
  readonly go: (next: S) => void;
  /** One step back. */
  readonly back: () => void;
  /** Does what ends the task, with no step of it left behind in the history. Where it fails, the steps are there again. */
  readonly finish: (work: () => Promise<void>) => Promise<void>;
}

export function useSteps<S>(first: S): Steps<S> {
  const [{ taken, at }, setState] = useState<{ readonly taken: readonly S[]; readonly at: number }>({
    taken: [first],
    at: 0,
  });
  // What the history says while a task ends is no step.
  const isEnding = useRef(false);
  useEffect(() => {
    const follow = () => {
      if (!isEnding.current) setState(({ taken: all }) => ({ taken: all, at: Math.min(numberNow(), all.length - 1) }));
    };
    globalThis.addEventListener('popstate', follow);
    // Loaded anew in the middle: the steps of before are gone.
    if (numberNow() > 0) history.go(-numberNow());
    return () => globalThis.removeEventListener('popstate', follow);
  }, []);
  return {
    step: taken[at] ?? first,
    go: (next) => {
      enter(at + 1);
      setState({ taken: [...taken.slice(0, at + 1), next], at: at + 1 });
    },
    back: () => history.back(),
    finish: async (work) => {
      isEnding.current = true;
      try {
        await toFirst();
        await work();
      } catch (error) {
        for (let number = 1; number <= at; number++) enter(number);
        throw error;
      } finally {
        isEnding.current = false;
      }
    },
  };
}

interface Entry {
  readonly step?: number;
}

function numberNow(): number {
  return (history.state as Entry | null)?.step ?? 0;
}

function enter(number: number): void {
  history.pushState({ step: number } satisfies Entry, '');
}

async function toFirst(): Promise<void> {
  if (numberNow() === 0) return;
  const gone = new Promise((resolve) => globalThis.addEventListener('popstate', resolve, { once: true }));
  history.go(-numberNow());
  await gone;
}
