/** Questions of pages, and the engines that come and go. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError } from 'dimp';
import { serve } from '../../src/engine/serve.ts';
import { connectEngine } from '../../src/link/connect-engine.ts';
import { EngineError } from '../../src/link/engine-link.ts';
import type { Engine, EngineEvent } from '../../src/protocol/calls.ts';
import type { Word } from '../../src/protocol/channel.ts';
import { Hub } from './hub.ts';

function engineOf(calls: Partial<Engine>): Engine {
  // Nothing else is asked here.
  return calls as Engine;
}

test('an answer comes to the page that asked, and to the question it was for', async () => {
  const hub = new Hub<Word>();
  serve(hub.end(), engineOf({ exportIdentity: async ({ filePassphrase }) => `for ${filePassphrase}` }));
  const [one, other] = [connectEngine(hub.end()), connectEngine(hub.end())];
  const answers = await Promise.all([
    one.call('exportIdentity', { filePassphrase: 'a' }),
    other.call('exportIdentity', { filePassphrase: 'b' }),
    one.call('exportIdentity', { filePassphrase: 'c' }),
  ]);
  assert.deepEqual(answers, ['for a', 'for b', 'for c']);
});

test('what an engine refuses is an error with code, path and reason', async () => {
  const hub = new Hub<Word>();
  const refuse = async (): Promise<never> => {
    throw new DimError('VAULT_PASSPHRASE', 'is another one', { path: 'passphrase' });
  };
  serve(hub.end(), engineOf({ unlock: refuse, lock: async () => Promise.reject(new TypeError('odd')) }));
  const link = connectEngine(hub.end());
  await assert.rejects(link.call('unlock', { passphrase: 'x' }), (error) => {
    assert.ok(error instanceof EngineError);
    assert.deepEqual(error.failure, { code: 'VAULT_PASSPHRASE', path: 'passphrase', reason: 'is another one' });
    return true;
  });
  await assert.rejects(link.call('lock'), { failure: { code: 'UNKNOWN', path: undefined, reason: 'TypeError: odd' } });
  await assert.rejects(link.call('contacts'), { message: 'is no call: the page is of another version' });
});

test('what no engine answered is asked of the next one', async () => {
  const hub = new Hub<Word>();
  const link = connectEngine(hub.end());
  const words = link.call('makeWords');
  const dying = hub.end();
  serve(dying, engineOf({ makeWords: async () => new Promise<string>(() => undefined) }));
  await Promise.resolve();
  dying.leave();
  serve(hub.end(), engineOf({ makeWords: async () => 'from the next' }));
  assert.equal(await words, 'from the next');
});

test('a question that came twice to one engine is done once', async () => {
  const hub = new Hub<Word>();
  let count = 0;
  const end = hub.end();
  const link = connectEngine(hub.end());
  serve(end, engineOf({ makeWords: async () => `${++count}` }));
  // Before the word of the new engine has come: it is asked again then.
  assert.equal(await link.call('makeWords'), '1');
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(count, 1);
});

test('events come to all listeners, also where one of them throws', async () => {
  const hub = new Hub<Word>();
  const engine = hub.end();
  const link = connectEngine(hub.end());
  const heard: EngineEvent[] = [];
  const stop = link.hear((event) => heard.push(event));
  engine.post({ is: 'event', event: { tell: 'people' } });
  await new Promise((resolve) => setImmediate(resolve));
  stop();
  engine.post({ is: 'event', event: { tell: 'people' } });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(heard, [{ tell: 'people' }]);
});

test('a page that was left is given no answers, and one that comes back asks again', async () => {
  const hub = new Hub<Word>();
  const life = new Map<string, (event: { readonly persisted?: boolean }) => void>();
  const link = connectEngine(hub.end(), { addEventListener: (type, listener) => void life.set(type, listener) });
  let open: (words: string) => void = () => undefined;
  let asked = 0;
  serve(
    hub.end(),
    engineOf({
      makeWords: async () => {
        asked++;
        return asked === 1 ? new Promise<string>((resolve) => (open = resolve)) : 'the second time';
      },
      state: async () => ({}) as Awaited<ReturnType<Engine['state']>>,
    }),
  );
  const words = link.call('makeWords');
  await new Promise((resolve) => setImmediate(resolve));
  life.get('pagehide')?.({ persisted: true });
  await new Promise((resolve) => setImmediate(resolve));
  open('nobody hears it');
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(hub.words.filter(({ is }) => is === 'answer').length, 0);
  life.get('pageshow')?.({ persisted: true });
  assert.equal(await words, 'the second time');
});
