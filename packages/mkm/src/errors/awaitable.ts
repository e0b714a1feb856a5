/** What may be there now or later. What is there is not waited for: that takes as long as small work does. */

/** A value, or a promise of it: implementers choose, callers `await`. */
export type Awaitable<T> = T | PromiseLike<T>;

/** Whether there is something to wait for. */
export function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** What comes of a value, as soon as it is there. */
export function after<T, R>(value: Awaitable<T>, next: (value: T) => Awaitable<R>): Awaitable<R> {
  return isPromise(value) ? later(value, next) : next(value);
}

async function later<T, R>(value: PromiseLike<T>, next: (value: T) => Awaitable<R>): Promise<R> {
  return next(await value);
}

/** What an action gives. What it throws at once is the end of a promise, so that of several none is left alone. */
export function begin<T>(action: () => Awaitable<T>): Awaitable<T> {
  try {
    return action();
  } catch (error) {
    return Promise.reject(error);
  }
}

/** All of some values, as soon as the last of them is there. */
export function together<T>(values: readonly Awaitable<T>[]): Awaitable<readonly T[]> {
  return values.every((value): value is T => !isPromise(value)) ? values : Promise.all(values);
}
