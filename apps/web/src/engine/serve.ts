/** Answers the questions that come over the channel. */
import { DimError } from 'dimp';
import type { WordChannel } from '../protocol/broadcast.ts';
import type { CallName, Engine } from '../protocol/calls.ts';
import type { Question, Word } from '../protocol/channel.ts';
import { failureOf } from './failure.ts';

/** So many questions are worked on at once; whoever asks for more is refused. */
const MOST_AT_ONCE = 1000;

/** Begins to answer, and says so: what was asked of the engine before is asked again. */
export function serve(channel: WordChannel<Word>, calls: Engine): void {
  const going = new Set<string>();
  const gone = new Set<string>();

  channel.hear((word) => {
    if (word.is === 'bye') gone.add(word.page);
    if (word.is !== 'question') return;
    // A page that comes back from the memory of the browser asks again.
    gone.delete(word.page);
    const name = `${word.page} ${word.number}`;
    // It was asked while this engine came, and again as it had come.
    if (going.has(name)) return;
    going.add(name);
    void answer(word, going.size > MOST_AT_ONCE).finally(() => going.delete(name));
  });
  channel.post({ is: 'engine' });

  async function answer({ page, number, call, parameter }: Question, isTooMuch: boolean): Promise<void> {
    const reply = { page, number };
    let word: Word;
    try {
      if (isTooMuch) throw new DimError('USAGE_ARGUMENT', 'too much is asked at once');
      word = { is: 'answer', ...reply, value: await ask(calls, call, parameter) };
    } catch (error) {
      word = { is: 'refusal', ...reply, failure: failureOf(error) };
    }
    if (!gone.has(page)) channel.post(word);
  }
}

async function ask(calls: Engine, call: CallName, parameter: unknown): Promise<unknown> {
  if (!Object.hasOwn(calls, call)) throw new DimError('USAGE_ARGUMENT', 'is no call: the page is of another version');
  // Pages and engine are of one build, and the page was compiled against the types of the calls.
  const run = calls[call] as (parameter: unknown) => Promise<unknown>;
  return run(parameter);
}
