/** What inputs try to put into prototypes. */

/** Names that hostile inputs try to put where every object inherits them. */
const PLANTED = ['polluted', 'isAdmin'];

/** Whether a value, or one of the maps that it holds, inherits what an input planted. */
export function inheritsPlanted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const parts: readonly unknown[] = [value, Reflect.get(value, 'fields'), Reflect.get(value, 'properties')];
  return parts.some(
    (part) =>
      typeof part === 'object' && part !== null && PLANTED.some((name) => name in part && !Object.hasOwn(part, name)),
  );
}
