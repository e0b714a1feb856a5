/** A page's end of the channel: questions with numbers, and answers that find their way back. */
import type { Answer, CallName, EngineEvent, Parameter } from '../protocol/calls.ts';
import type { WordChannel } from '../protocol/broadcast.ts';
import type { Question, Word } from '../protocol/channel.ts';
import { EngineError, type EngineLink } from './engine-link.ts';

/** Who tells that the page is left, and shown again from the memory of the browser: the window. */
export interface PageLife {
  addEventListener(type: 'pagehide' | 'pageshow', listener: (event: { readonly persisted?: boolean }) => void): void;
}

interface Asked {
  readonly question: Question;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Connects to the engine, which may come later, and may be another one later: what was not answered is asked again of each new one.
 * @param life the window of the page
 */
export function connectEngine(channel: WordChannel<Word>, life?: PageLife): EngineLink {
  const page = crypto.randomUUID();
  const asked = new Map<number, Asked>();
  const listeners = new Set<(event: EngineEvent) => void>();
  let last = 0;

  const tell = (event: EngineEvent): void => {
    // One that throws keeps nothing from the others.
    for (const listener of listeners) queueMicrotask(() => listeners.has(listener) && listener(event));
  };
  const askAll = (): void => {
    for (const { question } of asked.values()) channel.post(question);
  };

  channel.hear((word) => {
    if (word.is === 'engine') askAll();
    if (word.is === 'event') tell(word.event);
    if ((word.is === 'answer' || word.is === 'refusal') && word.page === page) {
      const one = asked.get(word.number);
      asked.delete(word.number);
      if (word.is === 'answer') one?.resolve(word.value);
      else one?.reject(new EngineError(word.failure));
    }
  });

  const link: EngineLink = {
    async call<K extends CallName>(
      name: K,
      ...[parameter]: Parameter<K> extends void ? [] : [Parameter<K>]
    ): Promise<Answer<K>> {
      const question: Question = { is: 'question', page, number: ++last, call: name, parameter };
      const answer = new Promise<unknown>((resolve, reject) => {
        asked.set(question.number, { question, resolve, reject });
      });
      try {
        channel.post(question);
      } catch (error) {
        // What cannot be copied is nobody's question.
        asked.delete(question.number);
        throw error;
      }
      // What is answered to a call is what the engine gives for it: both are of one type.
      return answer as Promise<Answer<K>>;
    },
    hear(listener) {
      const one = (event: EngineEvent): void => listener(event);
      listeners.add(one);
      return () => void listeners.delete(one);
    },
  };

  life?.addEventListener('pagehide', () => channel.post({ is: 'bye', page }));
  life?.addEventListener('pageshow', ({ persisted }) => {
    if (persisted !== true) return;
    askAll();
    // It heard nothing while it was away.
    void link.call('state').then((state) => tell({ tell: 'state', state }));
  });
  return link;
}
