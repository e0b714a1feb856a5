/** What the engine answers to a call, asked anew when it tells that something changed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Given } from '../link/engine-link.ts';
import { failureOf } from '../link/failure-of.ts';
import type { Answer, CallName, EngineEvent, Parameter } from '../protocol/calls.ts';
import type { Failure } from '../protocol/views.ts';
import { useLink } from './context.ts';

export interface Answered<T> {
  /** Undefined before the first answer; that of the old question is never shown for a new one. */
  readonly value: T | undefined;
  readonly failure: Failure | undefined;
  /** Asks again. */
  readonly again: () => void;
}

/** @param changesBy whether what was answered may be another after an event */
export function useAnswer<K extends CallName>(
  name: K,
  parameter: Parameter<K>,
  changesBy: (event: EngineEvent) => boolean = () => false,
): Answered<Answer<K>> {
  const link = useLink();
  const question = JSON.stringify([name, parameter]);
  const [answer, setAnswer] = useState<{ question: string; value?: Answer<K>; failure?: Failure }>({ question });
  const [round, setRound] = useState(0);
  const changes = useRef(changesBy);
  changes.current = changesBy;
  useEffect(() => link.hear((event) => changes.current(event) && setRound((before) => before + 1)), [link]);
  useEffect(() => {
    let isCurrent = true;
    // A call without a parameter does not look at it.
    link.call(name, ...([parameter] as unknown as Given<K>)).then(
      (value) => isCurrent && setAnswer({ question, value }),
      (error: unknown) => isCurrent && setAnswer({ question, failure: failureOf(error) }),
    );
    return () => void (isCurrent = false);
  }, [link, question, round]);
  const isOfThis = answer.question === question;
  return {
    value: isOfThis ? answer.value : undefined,
    failure: isOfThis ? answer.failure : undefined,
    again: () => setRound((before) => before + 1),
  };
}
