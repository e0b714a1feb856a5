/** What may be there now or later. What is there is not waited for: that takes as long as small work does. */

import type { Awaitable } from './key.ts';

/** Whether there is something to wait for. */
export function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** All of some values, as soon as the last of them is there. */
export function together<T>(values: readonly Awaitable<T>[]): Awaitable<readonly T[]> {
  return values.every((value): value is T => !isPromise(value)) ? values : Promise.all(values);
}
