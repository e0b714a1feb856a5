/** What kind of entity an ID is of, in a word. */
import { EntityType, type ID } from 'dimp';

/** `user`, `bot`, `station`, `group` …; a number where the protocol has no word. */
export function entityTypeName({ type }: ID): string {
  const [name] = Object.entries(EntityType).find(([, value]) => value === type) ?? [];
  return (name ?? String(type)).toLowerCase();
}
