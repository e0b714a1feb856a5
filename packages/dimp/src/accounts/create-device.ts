/** One more device of a user: a visa of its own terminal, with keys that nobody else has. */
import { DimError, verifyDocument, verifyMeta, type MessageContext, type Visa } from 'dkd';
import { currentTime, optionalFieldOf, requireArgument } from 'dkd/extend';
import { checkList, checkLocalUser } from '../trust/check-options.ts';
import type { User } from './create-user.ts';
import { checkAlgorithms, defaultAlgorithms, issueVisa, requireName, visaIdAt } from './issue-visa.ts';

/** How to make a device. */
export interface CreateDeviceOptions {
  /** Whose device it is; the identity key signs. */
  readonly user: User;
  /** The login point. A visa that the user has for it already is replaced. */
  readonly terminal: string;
  /** The name that people see; that of the user's newest visa, if not given. */
  readonly name?: string | undefined;
  /** As in {@link CreateUserOptions.visaAlgorithms}. */
  readonly visaAlgorithms?: readonly string[] | undefined;
}

/** The shortest time by which one visa is later than another, in seconds. */
const LATER = 0.001;

/** Makes a device. See `Dim.createDevice`. */
export async function createDevice(context: MessageContext, options: CreateDeviceOptions): Promise<User> {
  const { terminal, visaAlgorithms: algorithms = defaultAlgorithms(context) } = requireArgument(options, 'options');
  const user = requireArgument(options.user, 'user');
  checkLocalUser(user.id, 'user.id');
  checkList(user.visas, 'user.visas');
  checkList(user.keys?.decrypt, 'user.keys.decrypt');
  checkList(algorithms, 'visaAlgorithms');
  const identityKey = requireArgument(user.keys.identity, 'user.keys.identity');
  checkAlgorithms(algorithms, identityKey);
  const did = visaIdAt(user.id.entity, requireArgument(terminal, 'terminal'), 'terminal');
  const newest = user.visas.reduce<Visa | undefined>(
    (one, other) => (one === undefined || timeOf(other) > timeOf(one) ? other : one),
    undefined,
  );
  const name = requireName(options.name ?? newest?.name);
  const avatar = newest && optionalFieldOf(newest.properties, 'avatar');
  const [before] = user.visas.filter((visa) => visa.terminal === terminal);
  // Nobody takes one that is not later than the one before, whatever the clock says.
  const time = before && Math.max(currentTime(), timeOf(before) + LATER);
  const properties = { name, ...(avatar !== undefined && { avatar }) };
  const { visa, keys } = await issueVisa(context, { did, properties, identityKey, algorithms, time });
  const meta = await verifyMeta(user.meta, user.id);
  if (!meta) throw new DimError('CRYPTO_VERIFY', 'the meta is not that of the ID', { path: 'user.meta' });
  if (!(await verifyDocument(visa, meta)))
    throw new DimError('CRYPTO_VERIFY', 'is not the private key of the meta', { path: 'user.keys.identity' });
  return {
    ...user,
    visas: [...user.visas.filter((other) => other.terminal !== terminal), visa],
    // Those of before too: what was written to them may still be on its way.
    keys: { ...user.keys, decrypt: [...keys, ...user.keys.decrypt] },
  };
}

function timeOf(visa: Visa): number {
  return visa.time ?? 0;
}
