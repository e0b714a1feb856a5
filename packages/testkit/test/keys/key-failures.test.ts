/** What is told of keys that are wrong: whole messages, and nothing of a private key. */
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { MESSAGE_FIELDS as FIELDS_OF_MESSAGES } from 'dkd/extend';
import { DimError, type KeyAlgorithmDefinition } from 'mkm';
import { textOf } from 'mkm/extend';
import { assertContract, checkKeyAlgorithm } from '../../src/index.ts';
import { MESSAGE_FIELDS } from '../../src/keys/symmetric-keys.ts';
import { spoiled } from '../wrong-definitions.ts';
import { ecc, withKeys, withoutUnknown } from './spoiled-keys.ts';

const eccPrivate = await ecc.privateKey?.generate({});
if (!eccPrivate) throw new Error('it has one');

describe('checkKeyAlgorithm', () => {
  test('a failure says the rule, the place, what was expected and what came', async () => {
    const { checked, failures, subject } = await checkKeyAlgorithm(withKeys(ecc, { publicKey: withoutUnknown }));
    expect(() => assertContract({ subject, checked, failures })).toThrow(
      new Error(
        [
          `key algorithm ECC breaks 1 of ${checked.length} rules`,
          '',
          '1. a public key that was written and read keeps unknown fields',
          '   where:    publicKey.read',
          '   expected: a map with the fields algorithm, data, curve, digest, unknown, as they were',
          '   received: no field unknown',
        ].join('\n'),
      ),
    );
  });

  test('no failure shows anything of a private key', async () => {
    const data = textOf(eccPrivate.fields, 'data');
    const definition: KeyAlgorithmDefinition = {
      ...ecc,
      privateKey: {
        read: (fields) => {
          throw new TypeError(`cannot read ${JSON.stringify(fields)}`);
        },
        generate: () =>
          spoiled(eccPrivate, {
            sign: () => {
              throw new DimError('INPUT_KEY', `is ${data}`);
            },
          }),
      },
    };
    const { failures } = await checkKeyAlgorithm(definition);
    expect(failures.length).toBeGreaterThan(2);
    expect(JSON.stringify(failures)).not.toContain(data);
    expect(failures.find(({ rule }) => rule === 'a private key signs')?.received).toBe(
      'DimError INPUT_KEY: is (secret)',
    );
  });

  test('signatures of another realm are bytes, as under a test runner with a sandbox', async () => {
    const foreign = runInNewContext('bytes => Uint8Array.from(bytes)') as (bytes: Uint8Array) => Uint8Array;
    const sandboxed = withKeys(ecc, {
      privateKey: (key) => ({ sign: async (message: Uint8Array) => foreign(await key.sign(message)) }),
    });
    assertContract(await checkKeyAlgorithm(sandboxed));
  });

  test('the fields that a message has are those that the layer of messages knows', () => {
    expect(MESSAGE_FIELDS).toEqual([...FIELDS_OF_MESSAGES]);
  });
});
