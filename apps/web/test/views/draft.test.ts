import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft, type Timers } from '../../src/page/draft.ts';

/** A pause that ends when the test says so. */
class Pause implements Timers {
  #work: (() => void) | undefined;

  readonly setTimeout = (work: () => void): number => {
    this.#work = work;
    return 1;
  };

  readonly clearTimeout = (): void => {
    this.#work = undefined;
  };

  end(): void {
    this.#work?.();
  }
}

function begin(text = '') {
  const saved: string[] = [];
  const pause = new Pause();
  const draft = new Draft(text, async (now) => void saved.push(now), pause);
  return { saved, pause, draft };
}

test('what is written is saved once after a pause, and not again', async () => {
  const { saved, pause, draft } = begin();
  draft.write('H');
  draft.write('Hi');
  pause.end();
  await draft.flush();
  assert.deepEqual(saved, ['Hi']);
});

test('what is being sent stays saved until it is sent', async () => {
  const { saved, draft } = begin('first');
  let done = (): void => undefined;
  const sending = draft.send(() => new Promise<void>((resolve) => (done = resolve)));
  assert.equal(draft.text.value, '');
  draft.write('second');
  await draft.flush();
  assert.deepEqual(saved, ['first\nsecond']);
  done();
  await sending;
  assert.deepEqual(saved, ['first\nsecond', 'second']);
});

test('what was not sent comes back, before what was written since', async () => {
  const { saved, draft } = begin('first');
  const sending = draft.send(async () => {
    throw new Error('no');
  });
  draft.write('second');
  await assert.rejects(sending, { message: 'no' });
  assert.equal(draft.text.value, 'first\nsecond');
  assert.deepEqual(saved, ['first\nsecond']);
});

test('two texts go out one after the other', async () => {
  const { draft } = begin('one');
  const going: string[] = [];
  const send = async (text: string) => {
    going.push(`begin ${text}`);
    await Promise.resolve();
    going.push(`end ${text}`);
  };
  const first = draft.send(send);
  draft.write('two');
  await Promise.all([first, draft.send(send)]);
  assert.deepEqual(going, ['begin one', 'end one', 'begin two', 'end two']);
});

test('what could not be saved is saved with the next chance', async () => {
  const saved: string[] = [];
  let fails = true;
  const draft = new Draft('', async (text) => {
    if (fails) throw new Error('no engine');
    saved.push(text);
  });
  draft.write('kept');
  await draft.flush();
  fails = false;
  await draft.flush();
  assert.deepEqual(saved, ['kept']);
});
