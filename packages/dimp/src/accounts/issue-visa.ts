/** A visa for one terminal of a user, with new keys that others encrypt to. */
import {
  canEncrypt,
  DimError,
  type DecryptKey,
  type ID,
  type JsonValue,
  type MessageContext,
  type PrivateKey,
  type TerminalKey,
  type Visa,
} from 'dkd';
import { checkArguments, requireArgument, typeName, within } from 'dkd/extend';

/** The algorithm of visa keys that every client of the family encrypts to. */
const VISA_ALGORITHM = 'RSA';

/** The one beside it, for those who know it. */
const BETTER_VISA_ALGORITHM = 'X25519';

/** What no visa needs to say, as every client of the family understands it. */
const COMMON_ALGORITHMS: ReadonlySet<string> = new Set(['RSA', 'ECC', 'AES', 'PLAIN']);

/** @throws DimError `USAGE_ARGUMENT` for what is no name that people could see */
export function requireName(name: string | undefined): string {
  if (typeof requireArgument(name, 'name') === 'string') return name as string;
  throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(name)}`, { path: 'name' });
}

/** The ID of the visa of a terminal. @throws DimError `USAGE_ARGUMENT` for what is no terminal */
export function visaIdAt(id: ID, terminal: string, path: string): ID {
  if (terminal === '*')
    throw new DimError('USAGE_ARGUMENT', 'stands for all terminals: give none for one visa that is for all', { path });
  return checkArguments(() => within(path, () => id.at(terminal)));
}

/** RSA in any case: without it, nobody of today's clients could write to the user. */
export function defaultAlgorithms(context: MessageContext): readonly string[] {
  return context.algorithms.includes(BETTER_VISA_ALGORITHM)
    ? [BETTER_VISA_ALGORITHM, VISA_ALGORITHM]
    : [VISA_ALGORITHM];
}

/** @throws DimError `USAGE_ARGUMENT` where nothing could be encrypted to */
export function checkAlgorithms(algorithms: readonly string[], { publicKey }: PrivateKey): void {
  if (algorithms.length > 0 || canEncrypt(publicKey)) return;
  throw new DimError('USAGE_ARGUMENT', 'must not be empty: nobody could write to the user', { path: 'visaAlgorithms' });
}

/** What a visa is issued for. */
export interface VisaOptions {
  readonly did: ID;
  /** What it says beside the keys. */
  readonly properties: { readonly name: string; readonly avatar?: JsonValue | undefined };
  readonly identityKey: PrivateKey;
  readonly algorithms: readonly string[];
  /** When it is signed, in seconds since 1970; now, if not given. */
  readonly time?: number | undefined;
}

/** Makes the keys of a visa, and signs it. */
export async function issueVisa(
  context: MessageContext,
  { did, properties: given, identityKey, algorithms, time }: VisaOptions,
): Promise<{ readonly visa: Visa; readonly keys: readonly TerminalKey[] }> {
  const keys = await Promise.all(algorithms.map(async (algorithm) => context.DecryptKey.generate(algorithm)));
  const [common, better] = [keys.at(-1), keys.slice(0, -1)];
  const understood = context.algorithms.filter((algorithm) => !COMMON_ALGORITHMS.has(algorithm));
  const properties = {
    ...given,
    key: common?.encryptKey,
    ...(better.length > 0 && { keys: better.map(({ encryptKey }) => encryptKey) }),
    ...(understood.length > 0 && { algorithms: understood }),
  };
  const visa = await context.Document.create({ type: 'visa', did, properties }).sign(
    identityKey,
    time === undefined ? {} : { time },
  );
  // The key of all clients first: whether another key's message is for it shows without any work.
  const all: readonly DecryptKey[] = common === undefined ? [] : [common, ...better];
  return { visa, keys: all.map((key) => ({ terminal: did.terminal, key })) };
}
