/** Private keys that are damaged, or given in the wrong place: the error says what is wrong, and nothing of the key. */
import { expect, test } from '@jest/globals';
import { createIdentityContext, DimError } from 'mkm';
import { standardPlugin } from '../../src/index.ts';
import { modernPlugin } from '../../src/modern-plugin.ts';

const context = createIdentityContext({ plugins: [standardPlugin(), modernPlugin()] });
const keys = await Promise.all([
  context.PrivateKey.generate('RSA'),
  context.PrivateKey.generate('ECC'),
  context.PrivateKey.generate('ED25519'),
  context.DecryptKey.generate('X25519'),
  context.SymmetricKey.generate('AES'),
]);
const texts = keys.map(({ fields }) => fields['data'] as string);

/** Parts of the secrets, as they would stand in a message or stack. */
const secrets = texts.flatMap((text) =>
  text
    .split('\n')
    .filter((line) => !line.includes('-----') && line.length >= 24)
    .map((line) => line.slice(4, 24)),
);

const CODECS = ['PrivateKey', 'PublicKey', 'SymmetricKey', 'DecryptKey', 'EncryptKey'] as const;
const ALGORITHMS = ['RSA', 'ECC', 'ED25519', 'X25519', 'AES', 'AES-GCM', 'NONE'];

function damaged(text: string): readonly string[] {
  return [0, 1, 27, 100, text.length >> 1, text.length - 30, text.length - 1]
    .filter((cut) => cut >= 0 && cut < text.length)
    .flatMap((cut) => [
      text.slice(cut),
      text.slice(0, cut),
      `${text.slice(0, cut)}\u0000${text.slice(cut)}`,
      text.replace('PRIVATE', 'PUBLIC').slice(cut),
    ]);
}

/** All that an application can log of an error. */
function shown(error: unknown): string {
  const { message, stack, cause } = error as Error;
  return [message, stack, JSON.stringify(error), cause === undefined ? '' : shown(cause)].join('\n');
}

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each(CODECS)('%s', (codec) => {
  const errors = ALGORITHMS.flatMap((algorithm) =>
    texts.flatMap(damaged).map((data) => errorOf(() => context[codec].parse({ algorithm, data }))),
  ).filter((error) => error !== undefined);
  expect(errors.length).toBeGreaterThan(100);
  expect(errors.filter((error) => !(error instanceof DimError))).toEqual([]);
  const all = errors.map(shown).join('\n');
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
});
