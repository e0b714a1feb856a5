/** The name that somebody gives an identity. */
import { wrong } from '../command/wrong.ts';

/** @throws DimError `USAGE_ARGUMENT` for one that nobody would see */
export function givenName<T extends string | undefined>(name: T): T {
  if (name?.trim() === '') throw wrong('--name must not be empty: it is what people see');
  return name;
}
