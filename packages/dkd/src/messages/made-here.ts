/** What the classes of messages ask of whoever makes one: nobody outside of this package has it. */
import { DimError } from 'mkm';

/** The first argument of the constructors. Outside, `create` and the codecs of a context make messages. */
export const MADE_HERE: unique symbol = Symbol('made by dkd');

/** @throws DimError `USAGE_ARGUMENT` */
export function requireMadeHere(made: unknown): void {
  if (made !== MADE_HERE)
    throw new DimError('USAGE_ARGUMENT', 'messages are made by create() and read by the codecs of a context');
}
