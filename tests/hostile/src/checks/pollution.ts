/** Prototypes that all objects share must stay as they are. */

const SHARED: ReadonlyMap<string, object> = new Map<string, object>([
  ['Object', Object.prototype],
  ['Array', Array.prototype],
  ['Function', Function.prototype],
  ['String', String.prototype],
  ['Map', Map.prototype],
  ['Uint8Array', Uint8Array.prototype],
]);

const ORIGINAL = new Map([...SHARED].map(([name, prototype]) => [name, new Set(Reflect.ownKeys(prototype))]));

/** Names that hostile inputs try to put where every object inherits them. */
const PLANTED = ['polluted', 'isAdmin'];

/** What was added to shared prototypes; it is removed again, so that it counts for one case. */
export function sharedPollution(): readonly string[] {
  const found: string[] = [];
  for (const [owner, prototype] of SHARED) {
    for (const key of Reflect.ownKeys(prototype)) {
      if (ORIGINAL.get(owner)?.has(key) === true) continue;
      found.push(`${owner}.prototype.${String(key)} was added`);
      Reflect.deleteProperty(prototype, key);
    }
  }
  return found;
}

/** Whether a value, or one of the maps that it holds, inherits what an input planted. */
export function inheritsPlanted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const parts: readonly unknown[] = [value, Reflect.get(value, 'fields'), Reflect.get(value, 'properties')];
  return parts.some(
    (part) =>
      typeof part === 'object' && part !== null && PLANTED.some((name) => name in part && !Object.hasOwn(part, name)),
  );
}
