/** How long the tests are: short in each run, and with `DIM_FORM=long` or `DIM_FORM=full` as long as they need to be. */

const form = process.env['DIM_FORM'] ?? 'short';

/** What is taken in each form; the full one is the long one where it has none of its own. @throws Error for other forms */
export function byForm<T>(short: T, long: T, full = long): T {
  const forms = new Map([
    ['short', short],
    ['long', long],
    ['full', full],
  ]);
  if (!forms.has(form)) throw new Error(`DIM_FORM is ${form}: it may be ${[...forms.keys()].join(', ')}`);
  return forms.get(form) as T;
}

/**
 * What a story of chance is told from: `DIM_SEED`, where it is set. In the full form each run tells a new one; in the others it
 * is the same in each run, so that what is merged is judged by itself and not by the luck of a seed.
 */
export function seedOfStory(): number {
  const seed = process.env['DIM_SEED'];
  return seed === undefined ? byForm(1, 1, Math.floor(Math.random() * 2 ** 31)) : Number(seed);
}
