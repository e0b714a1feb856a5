/** Each fault of an error is seen, and has the same words whatever the input was. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError } from 'dimp';
import { causesOf, faultsOf } from './error-rules.ts';

const refusal = (message: string, cause?: unknown): DimError => new DimError('INPUT_FORMAT', message, { cause });

test('a short refusal with a code is as it should be', () => {
  assert.deepEqual(faultsOf(refusal('no')), []);
});

test('what is wrong is said', () => {
  const overflow = new RangeError('Maximum call stack size exceeded');
  const odd = Object.assign(refusal('no'), { code: 7, path: undefined });
  for (const [error, faults] of [
    [new TypeError('x is not a function'), ['an error that is no DimError: TypeError: x is not a function']],
    ['text', ['an error that is no DimError: string']],
    [odd, ['an error without a code', 'an error without a path']],
    [refusal('x'.repeat(400)), ['an error message of 300 characters or more']],
    [refusal('x'.repeat(500)), ['an error message of 300 characters or more']],
    [refusal('one\nanother'), ['an error message of several lines']],
    [refusal('no', new Error('behind', { cause: overflow })), ['a stack overflow behind the error']],
  ] as const)
    assert.deepEqual(faultsOf(error), faults);
});

test('an error may be its own cause', () => {
  const error = new Error('round');
  error.cause = error;
  assert.ok(causesOf(error).length < 100);
});
