/** Plans that change what is known of one identity, one after the other: each is decided by what the one before kept. */
import type { ID } from 'dkd';
import type { Change, Plan, Store } from './change.ts';

const IDENTITY_CHANGES: ReadonlySet<Change['do']> = new Set([
  'pin-meta',
  'keep-document',
  'drop-document',
  'add-contact',
  'forget',
]);

/** What goes on in one store, in this process. */
interface Turns {
  /** How many changes to identities there were. */
  count: number;
  /** By entity: what has to be done before the next one. */
  readonly last: Map<string, Promise<unknown>>;
}

const turnsOf = new WeakMap<Store, Turns>();

/** How {@link commitInTurn} plans and commits. */
export interface PlanAndCommit<T> {
  /** Is asked again where something was kept since it was asked first. */
  readonly plan: () => Promise<Plan<T>>;
  readonly commit: (plan: Plan<T>) => Promise<void>;
}

/**
 * Commits a plan about one identity. Of two at once, of two first messages say, the second is planned anew when the first
 * one is kept: else an older visa would stay beside a newer one, or a meta that proves nothing replace one that has.
 */
export async function commitInTurn<T>(store: Store, id: ID, { plan, commit }: PlanAndCommit<T>): Promise<T> {
  const turns = turnsOf.get(store) ?? { count: 0, last: new Map<string, Promise<unknown>>() };
  turnsOf.set(store, turns);
  const planned = turns.count;
  const first = await plan();
  if (!changesIdentity(first)) {
    await commit(first);
    return first.value;
  }
  return inTurn(turns, id.entityKey, async () => {
    const current = turns.count === planned ? first : await plan();
    try {
      await commit(current);
    } finally {
      turns.count++;
    }
    return current.value;
  });
}

function changesIdentity({ changes }: Plan<unknown>): boolean {
  return changes.some((change) => IDENTITY_CHANGES.has(change.do));
}

async function inTurn<T>({ last }: Turns, key: string, action: () => Promise<T>): Promise<T> {
  const before = last.get(key);
  const result = (async () => {
    await before;
    return action();
  })();
  // Whether it fails is a matter of who asked for it.
  const done = result.catch(() => undefined);
  last.set(key, done);
  try {
    return await result;
  } finally {
    if (last.get(key) === done) last.delete(key);
  }
}
