/** Beginning with the next ones while one is worked on. */
import { DimError } from 'dkd';
import { typeName } from 'dkd/extend';

/** What gives one after the other, now or later. */
export type Source<T> = Iterable<T> | AsyncIterable<T>;

/** @throws DimError `USAGE_ARGUMENT` for what gives nothing, and for bytes, of which each would be one */
export function checkSource<T>(source: Source<T>, path: string): Source<T> {
  const given: unknown = source;
  if (typeof given === 'object' && given !== null && !ArrayBuffer.isView(given))
    if (Symbol.iterator in given || Symbol.asyncIterator in given) return source;
  throw new DimError('USAGE_ARGUMENT', `must be a list, not ${typeName(given)}`, { path });
}

/** How many items are begun and not given yet, at most. */
export interface Ahead<T> {
  readonly most: number;
  /** And what they weigh, of which one alone may weigh more. */
  readonly weight?: { readonly limit: number; of(item: T): number };
}

/**
 * Begins with each item of a source, in order, and gives what that leads to in the same order. Whoever takes slowly makes the source wait.
 *
 * @param begin never fails
 * @throws what the source throws, behind all that it gave before
 */
export async function* beginAhead<T, R>(
  source: Source<T>,
  { most, weight }: Ahead<T>,
  begin: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const begun: Begun<R>[] = [];
  const mayTake = (): boolean => begun.length < most && weigh(begun) < (weight?.limit ?? Infinity);
  let asked: Promise<Taken<T>> | undefined;
  let end: End | undefined;
  try {
    while (end === undefined || begun.length > 0) {
      if (end === undefined && mayTake()) asked ??= take(iterator);
      const [first] = begun;
      // A source may be one that goes on for ever, and gives something now and then.
      const taken = await Promise.race([asked, first?.result.then(nothing)].filter((one) => one !== undefined));
      if (taken === undefined) yield await (begun.shift() as Begun<R>).result;
      else {
        asked = undefined;
        if ('item' in taken) begun.push({ result: begin(taken.item), weight: weight?.of(taken.item) ?? 0 });
        else end = taken;
      }
    }
    if (end.failure !== undefined) throw end.failure.error;
  } finally {
    if (end === undefined) await close(iterator, asked !== undefined);
  }
}

interface Begun<R> {
  readonly result: Promise<R>;
  readonly weight: number;
}

function weigh(begun: readonly Begun<unknown>[]): number {
  return begun.reduce((sum, { weight }) => sum + weight, 0);
}

/** What a source gives: an item, or the end. */
type Taken<T> = { readonly item: T } | End;

interface End {
  readonly failure: { readonly error: unknown } | undefined;
}

async function take<T>(iterator: Iterator<T> | AsyncIterator<T>): Promise<Taken<T>> {
  try {
    const result = await iterator.next();
    return result.done === true ? { failure: undefined } : { item: result.value };
  } catch (error) {
    return { failure: { error } };
  }
}

/** @param isAsked one that was asked and has not answered may end no sooner than it does: that is not waited for */
async function close(iterator: Iterator<unknown> | AsyncIterator<unknown>, isAsked: boolean): Promise<void> {
  const closed = (async () => iterator.return?.())();
  if (isAsked) closed.catch(nothing);
  else await closed;
}

function nothing(): undefined {}
