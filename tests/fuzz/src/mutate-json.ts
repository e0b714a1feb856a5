/** Changes to JSON values: fields come and go, change their names, types and values, and move between inputs. */
import { NAMES, NUMBERS, VALUES, WORDS } from './dictionary.ts';
import {
  copyTree,
  isMap,
  parseTree,
  placesOf,
  removeAt,
  setAt,
  valueAt,
  type JsonValue,
  type Place,
} from './json-tree.ts';
import { mutateText } from './mutate-text.ts';
import type { Random } from './random.ts';

const MIN_LONG_TEXT = 40;

/** A value with one change. The value given is changed; `other` is not. */
export function mutateTree(root: JsonValue, random: Random, other: JsonValue): JsonValue {
  const places = placesOf(root);
  const holder = (places[0] as Place).holder;
  // The longest text is where most is hidden: a key, a signed document, encrypted data.
  const longest = random.oneIn(2) ? longestText(places) : undefined;
  if (longest === undefined) change(random.pick(places), places, random, other);
  else setAt(longest, changedLeaf(valueAt(longest), random, other));
  return (holder as JsonValue[])[0] ?? null;
}

function longestText(places: readonly Place[]): Place | undefined {
  const lengthOf = (place: Place): number => {
    const value = valueAt(place);
    return typeof value === 'string' ? value.length : 0;
  };
  const longest = places.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one));
  return lengthOf(longest) > MIN_LONG_TEXT ? longest : undefined;
}

function change(place: Place, places: readonly Place[], random: Random, other: JsonValue): void {
  const value = valueAt(place);
  switch (random.below(12)) {
    case 0:
      return setAt(place, copyTree(random.pick(VALUES)));
    case 1:
      return setAt(place, random.oneIn(2) ? random.pick(WORDS) : random.pick(NUMBERS));
    case 2:
      return place === places[0] ? undefined : removeAt(place);
    case 3:
      return rename(place, random);
    case 4:
      return setAt(place, copyTree(valueAt(random.pick(placesOf(other)))));
    case 5:
      return addTo(place, valueAt(random.pick(placesOf(other))), random);
    case 6:
      return swap(place, random.pick(places));
    case 7:
      return setAt(place, otherType(value, random));
    case 8:
      return addTwin(place, random);
    default:
      return setAt(place, changedLeaf(value, random, other));
  }
}

function changedLeaf(value: JsonValue, random: Random, other: JsonValue): JsonValue {
  if (typeof value === 'string') {
    const inner = value.startsWith('{') ? parseTree(value) : undefined;
    if (inner !== undefined && !random.oneIn(4)) return JSON.stringify(mutateTree(inner, random, other));
    const texts = placesOf(other)
      .map(valueAt)
      .filter((item) => typeof item === 'string');
    return mutateText(value, random, texts.length === 0 ? '' : random.pick(texts));
  }
  if (typeof value === 'number') {
    return random.pick([
      value + 1,
      value - 1,
      -value,
      value * 1000,
      value / 3,
      Math.floor(value),
      2 ** random.below(70),
    ]);
  }
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return value.length === 0 ? [null] : [...value, copyTree(random.pick(value))];
  if (value === null) return {};
  return Object.fromEntries(Object.entries(value).toReversed());
}

/** The same in another type, as senders of some year wrote it. */
function otherType(value: JsonValue, random: Random): JsonValue {
  switch (random.below(4)) {
    case 0:
      return typeof value === 'string' ? Number(value) || 0 : JSON.stringify(value);
    case 1:
      return [value];
    case 2:
      return { [random.pick(NAMES)]: value };
    default:
      return Array.isArray(value) || isMap(value) ? (Object.values(value)[0] ?? null) : [];
  }
}

function rename(place: Place, random: Random): void {
  if (Array.isArray(place.holder)) return;
  const value = valueAt(place);
  removeAt(place);
  setAt({ holder: place.holder, name: random.pick(NAMES) }, value);
}

/** The same value under another name as well, or nearly the same. */
function addTwin(place: Place, random: Random): void {
  const value = copyTree(valueAt(place));
  if (Array.isArray(place.holder)) place.holder.push(value);
  else setAt({ holder: place.holder, name: random.pick(NAMES) }, random.oneIn(3) ? otherType(value, random) : value);
}

function addTo(place: Place, item: JsonValue, random: Random): void {
  const value = valueAt(place);
  if (Array.isArray(value)) value.push(copyTree(item));
  else if (isMap(value)) setAt({ holder: value, name: random.pick(NAMES) }, copyTree(item));
}

function swap(one: Place, two: Place): void {
  const [a, b] = [valueAt(one), valueAt(two)];
  // Copies: one of them may hold the other.
  setAt(one, copyTree(b));
  setAt(two, copyTree(a));
}
