/** How a proof is read from a message. What it proves is in ../operations/prove-envelope.test.ts. */
import { expect, test } from '@jest/globals';
import { ALICE, BOB, context, errorOf, GROUP } from '../world.ts';

const DIGEST = 'A'.repeat(43) + '=';

function read(proof: unknown) {
  const map = { sender: ALICE.toString(), receiver: BOB.toString(), data: 'AAAA', signature: 'AAAA' };
  return context.ReliableMessage.parse({ ...map, envelope_proof: proof }).envelopeProof;
}

test.each([
  ['of a message to a person', {}, undefined, undefined],
  ['of a message to a group', { receiver: GROUP.toString(), keys: DIGEST }, GROUP.toString(), 32],
  ['for two keys', { receiver: GROUP.toString(), keys: 'A'.repeat(84) + 'AA==' }, GROUP.toString(), 64],
  ['for a key that is reused', { receiver: GROUP.toString(), keys: '' }, GROUP.toString(), 0],
  ['with digests, but of no group', { keys: DIGEST }, undefined, undefined],
])('%s', (_what, more, group, length) => {
  const proof = read({ signature: 'AQID', ...more });
  expect(proof?.signature).toEqual(Uint8Array.of(1, 2, 3));
  expect([proof?.group?.toString(), proof?.keyDigests?.length]).toEqual([group, length]);
});

const toGroup = { signature: 'AAAA', receiver: GROUP.toString() };

test.each([
  ['text', 'text', 'INPUT_TYPE', '', 'must be a map, not text'],
  ['an empty map', {}, 'INPUT_MISSING', '.signature', 'is required'],
  ['no base64', { signature: '@' }, 'INPUT_FORMAT', '.signature', 'must be base64'],
  [
    'a long signature',
    { signature: 'A'.repeat(16_388) },
    'INPUT_LIMIT',
    '.signature',
    'is longer than 16384 characters',
  ],
  [
    'no ID',
    { signature: 'AAAA', receiver: 'x' },
    'UNSUPPORTED_ADDRESS',
    '.receiver',
    'no plugin reads an address of this form',
  ],
  ['a person', { ...toGroup, receiver: BOB.toString() }, 'INPUT_CONFLICT', '.receiver', 'must be the ID of a group'],
  ['no digests', toGroup, 'INPUT_MISSING', '.keys', 'is required'],
  ['digests of 3 bytes', { ...toGroup, keys: 'AAAA' }, 'INPUT_FORMAT', '.keys', 'must be digests of 32 bytes'],
  ['33 bytes', { ...toGroup, keys: 'A'.repeat(44) }, 'INPUT_FORMAT', '.keys', 'must be digests of 32 bytes'],
  [
    'more digests than a message has keys',
    { ...toGroup, keys: 'A'.repeat(960_001) },
    'INPUT_LIMIT',
    '.keys',
    'are more than 20000 (limits.messageKeys)',
  ],
  ['digests in no base64', { ...toGroup, keys: '?' }, 'INPUT_FORMAT', '.keys', 'must be base64'],
])('%s is no proof', async (_what, proof, code, path, reason) => {
  expect(await errorOf(() => read(proof))).toMatchObject({ code, path: `envelope_proof${path}`, reason });
});
