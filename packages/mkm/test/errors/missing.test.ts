import { expect, test } from '@jest/globals';
import { DimError } from '../../src/index.ts';
import { within } from '../../src/extend.ts';
import { context, errorOf, USER } from '../demo-plugin.ts';

test('an error says what is missing, also from further out', () => {
  const id = context.ID.parse(USER);
  const missing = [{ what: 'meta', id }] as const;
  const error = errorOf(() =>
    within('message', () => {
      throw new DimError('MISSING_META', 'no meta is known', { path: 'sender', missing });
    }),
  );
  expect([error.code, error.path, error.missing]).toEqual(['MISSING_META', 'message.sender', missing]);
  expect(Object.isFrozen(error.missing)).toBe(true);
  expect(new DimError('INPUT_TYPE', 'must be text').missing).toEqual([]);
});
