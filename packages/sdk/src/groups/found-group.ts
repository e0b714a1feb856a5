/** Founding a group: its identity, its bulletin, and its first members, known to station and members at once. */
import { DimError, DocumentsCommand, EntityType, ForwardContent, learnIdentity, ResetCommand, type ID } from 'dimp';
import { requireArgument, typeName } from 'dimp/extend';
import { reactionOf } from './command-handlers.ts';
import type { GroupContext } from './group-context.ts';
import { signForAll } from './hand-on.ts';
import { entryOf, userList } from './history-entry.ts';
import { checkOptionNames } from '../usage/check-usage.ts';
import {
  checkBots,
  checkUsers,
  identityKey,
  sendTo,
  sendToStation,
  type Actor,
  type PlannedAct,
} from './own-group-acts.ts';

/** A new group. */
export interface FoundOptions {
  /** What people see. */
  readonly name: string;
  /** The members beside oneself. */
  readonly members: readonly ID[];
  /** Bots that distribute messages, and are no members; none, if not given. */
  readonly assistants?: readonly ID[] | undefined;
}

const NAMES: Readonly<Record<keyof FoundOptions, true>> = { name: true, members: true, assistants: true };

/** Numbers in the IDs of groups, as those of deployed clients. */
const LEAST_NUMBER = 10_000;
const MOST_NUMBER = 999_999_999;

/**
 * Plans a new group of the local user.
 * @throws DimError `USAGE_ARGUMENT`, `MISSING_PRIVATE_KEY`
 */
export async function foundGroup({ context, book }: Actor, options: FoundOptions): Promise<PlannedAct> {
  const { dim, store, self, clock } = context;
  const { name, assistants = [] } = requireArgument(options, 'options');
  checkOptionNames(options, NAMES);
  if (typeof name !== 'string' || name === '')
    throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(name)}`, { path: 'name' });
  checkUsers(options.members, 'members');
  checkBots(assistants, 'assistants');
  const privateKey = await identityKey(context);
  const meta = await dim.Meta.generate({ type: 'MKM', privateKey, seed: `Group-${randomNumber()}` });
  // As it will be read: a context may give old network bytes another meaning.
  const group = dim.ID.parse(meta.id(EntityType.GROUP).toString());
  const time = clock.now();
  const bots = userList(assistants);
  const properties = { founder: self.entity, name, ...(bots.length > 0 && { assistants: bots }) };
  const bulletin = await dim.Document.create({ type: 'bulletin', did: group, properties }).sign(privateKey, { time });
  const offer = { id: group, meta, documents: [bulletin] };
  const learned = await learnIdentity(dim, store, offer, { clock: () => clock.now() });
  const members = userList([self, ...options.members]);
  const documents = DocumentsCommand.answer(group, [bulletin], { meta, time });
  const reset = ResetCommand.create(group, members, { time });
  const [documentsMessage, message] = [
    await signForAll(context, documents, false),
    await signForAll(context, reset, false),
  ];
  const entry = entryOf(dim, 'reset', { content: reset, sender: self, message, wasEncrypted: false });
  if (entry === undefined) throw new DimError('USAGE_ARGUMENT', 'are too many', { path: 'members' });
  const additions = { meta: learned.value.meta, documents: [bulletin], entries: [entry], isOwn: true };
  const plan = await book.plan(group, additions);
  if (plan.state === undefined || plan.news.get(entry.id) !== 'applied') throw notFounded(context, group);
  const reaction = reactionOf(plan);
  return {
    value: plan.state,
    reaction: {
      ...reaction,
      changes: [{ do: 'add-contact', id: group }, ...learned.changes, ...plan.changes],
      sends: [
        sendToStation({ context, book }, documents),
        ...(await sendTo(context, members, ForwardContent.create([documentsMessage, message]))),
      ],
    },
  };
}

/** The key that signs is not that of the user's meta, or there is no such meta. */
function notFounded({ self }: GroupContext, group: ID): DimError {
  return new DimError('MISSING_META', `nobody could see that ${self.toString()} founded ${group.toString()}`, {
    path: 'self',
    missing: [{ what: 'meta', id: self.entity }],
  });
}

function randomNumber(): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return LEAST_NUMBER + (random % (MOST_NUMBER - LEAST_NUMBER + 1));
}
