/** What the playground shows is what the library does: each change, and what becomes of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { send } from '../src/playground/journey.ts';
import { makePeople } from '../src/playground/people.ts';
import { deliver, type Outcome } from '../src/playground/reception.ts';
import { TAMPERINGS, textOfPackage } from '../src/playground/tampering.ts';

const people = await makePeople({ sender: 'Alice', receiver: 'Bob' });

async function outcomes(isProven: boolean): Promise<Readonly<Record<string, string>>> {
  const journey = await send(people, 'Hello Bob!', isProven);
  const all = TAMPERINGS.map(async ({ field, change, copies }) => {
    const outcome = await deliver(journey, textOfPackage(change(journey)), copies);
    return [field, inShort(outcome)] as const;
  });
  return Object.fromEntries(await Promise.all(all));
}

function inShort(outcome: Outcome): string {
  if (outcome.is === 'refused') return `${outcome.by.code} ${outcome.by.path}`.trim();
  const { text, introduction } = outcome;
  return `${text}${introduction === undefined ? '' : `, but ${introduction.code} ${introduction.path}`}`;
}

test('with an envelope proof, each change is noticed', async () => {
  assert.deepEqual(await outcomes(true), {
    nothing: 'Hello Bob!',
    sender: 'CRYPTO_VERIFY meta',
    receiver: 'NOT_RECIPIENT receiver',
    time: 'CRYPTO_VERIFY envelope_proof',
    type: 'CRYPTO_VERIFY envelope_proof',
    IV: 'CRYPTO_VERIFY envelope_proof',
    data: 'CRYPTO_VERIFY signature',
    keys: 'CRYPTO_VERIFY envelope_proof',
    signature: 'CRYPTO_VERIFY signature',
    meta: 'CRYPTO_VERIFY meta',
    visa: 'Hello Bob!, but INPUT_CONFLICT visa.did',
    envelope_proof: 'CRYPTO_VERIFY envelope_proof',
    'all of it': 'INPUT_REPLAY',
  });
});

test('without one, the time is the word of whoever carries the message', async () => {
  const { time, type, data, IV } = await outcomes(false);
  assert.deepEqual(
    { time, type, data, IV },
    { time: 'Hello Bob!', type: 'INPUT_CONFLICT type', data: 'CRYPTO_VERIFY signature', IV: 'CRYPTO_DECRYPT' },
  );
});

test('the three forms are those of the message that goes out', async () => {
  const { instant, secure, reliable, bytes } = await send(people, 'Hello Bob!', true);
  assert.equal((instant['content'] as { readonly text?: string }).text, 'Hello Bob!');
  assert.ok(!('content' in secure) && 'data' in secure && 'keys' in secure && !('signature' in secure));
  assert.ok('signature' in reliable && 'meta' in reliable && 'visa' in reliable && 'envelope_proof' in reliable);
  assert.deepEqual(JSON.parse(new TextDecoder().decode(bytes)), JSON.parse(textOfPackage(reliable)));
});

test('a package that is no JSON is refused like any other', async () => {
  const outcome = await deliver(await send(people, 'Hello Bob!', true), '{');
  assert.equal(inShort(outcome), 'INPUT_FORMAT');
});
