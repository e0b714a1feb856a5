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

test('what was sent is taken out of the draft by who sends it, and not saved again by the page', async () => {
  const { saved, pause, draft } = begin();
  draft.write('first');
  pause.end();
  await draft.flush();
  assert.deepEqual(saved, ['first']);
  await draft.send(async () => undefined);
  assert.deepEqual(saved, ['first']);
  draft.write('second');
  await draft.flush();
  assert.deepEqual(saved, ['first', 'second']);
  // What was never saved is in no draft.
  draft.write('third');
  await draft.flush();
  draft.write('quick');
  await draft.send(async () => undefined);
  assert.deepEqual(saved, ['first', 'second', 'third', '']);
});

test('what is being saved is saved before it is sent', async () => {
  const done: string[] = [];
  let save = (): void => undefined;
  const draft = new Draft('', async (text) => {
    await new Promise<void>((resolve) => (save = resolve));
    done.push(`saved ${text}`);
  });
  draft.write('Hi');
  const saving = draft.flush();
  const sending = draft.send(async (text) => void done.push(`sent ${text}`));
  await Promise.resolve();
  assert.deepEqual(done, []);
  save();
  await Promise.all([saving, sending]);
  assert.deepEqual(done, ['saved Hi', 'sent Hi']);
});

test('what is being sent stays saved until it is sent', async () => {
  const { saved, draft } = begin('first');
  let done = (): void => undefined;
  let begun = (): void => undefined;
  const isGoing = new Promise<void>((resolve) => (begun = resolve));
  const sending = draft.send(() => {
    begun();
    return new Promise<void>((resolve) => (done = resolve));
  });
  assert.equal(draft.text.value, '');
  await isGoing;
  draft.write('second');
  await draft.flush();
  assert.deepEqual(saved, ['first\nsecond']);
  done();
  await sending;
  // Whether the engine had it before or after it sent the first cannot be told.
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
