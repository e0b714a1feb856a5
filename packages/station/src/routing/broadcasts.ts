/** Receivers that are nobody by themselves. */
import type { ID } from 'dimp';

/** Whether something is for all stations. */
export function isForAll(id: ID): boolean {
  return id.isBroadcast && id.isGroup && (id.name === 'stations' || id.name === 'everyone');
}

/** Whether something is for any of that name. */
export function isNamed(id: ID, name: string): boolean {
  return id.isBroadcast && id.name === name;
}
