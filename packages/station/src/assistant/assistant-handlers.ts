/** What an assistant does with what comes to it. All handlers run one after the other, each on what those before have kept. */
import { GroupKeysContent, type ID } from 'dimp';
import { encodeBase64 } from 'dimp/extend';
import { permissionOf, roleOf, type HandlerDefinition, type Reaction, type Received } from 'dimsdk';
import type { DocumentsCommand, ForwardContent, GroupCommand, MetaCommand } from 'dimp';
import type { AssistantContext } from './assistant-context.ts';
import { AssistantPlan } from './assistant-plan.ts';
import { assistantReceipt, assistantTexts } from './assistant-receipts.ts';
import type { Distribution } from './distribution.ts';
import type { HeldMessages } from './held-messages.ts';
import type { SenderKeysTable } from './sender-keys.ts';

/** What handlers are made of. */
export interface HandlerParts {
  readonly context: AssistantContext;
  readonly distribution: Distribution;
  readonly keys: SenderKeysTable;
  readonly held: HeldMessages;
}

/** Of how many members is asked anew after a restart. */
const MAX_WANTED = 1000;

/** Commands by which a group becomes another. */
const HISTORY = ['reset', 'invite', 'join', 'quit', 'resign'] as const;

/** The handlers of an assistant. */
export function assistantHandlers(parts: HandlerParts): readonly HandlerDefinition[] {
  const { distribution, held } = parts;
  let isFirst = true;
  /** A client forgets what it wanted when it ends: what waits for visas is asked for again with the first that comes. */
  const wantAnew = async (plan: AssistantPlan): Promise<void> => {
    if (!isFirst) return;
    isFirst = false;
    for (const id of await held.members(MAX_WANTED)) plan.want([{ what: 'visa', id }]);
  };
  const about = ({ content }: Received<DocumentsCommand | MetaCommand>, plan: AssistantPlan): Promise<void> =>
    content.did.isGroup ? distribution.retryGroup(plan, content.did) : distribution.retryMember(plan, content.did);
  return [
    handler<ForwardContent>('forward', async ({ content, sender }, plan) => {
      await wantAnew(plan);
      await distribution.retryMember(plan, sender);
      for (const message of content.messages)
        if (message.receiver.isGroup && !message.envelope.isBroadcast) await distribution.take(plan, message, sender);
    }),
    handler<GroupKeysContent>('group-keys', async (received, plan) => answerKeys(parts, received, plan)),
    handler<DocumentsCommand>('documents', about),
    handler<MetaCommand>('meta', about),
    ...HISTORY.map((kind) =>
      handler<GroupCommand>(kind, async ({ content }, plan) =>
        distribution.retryGroup(plan, content.group, { isLast: true }),
      ),
    ),
  ];
}

function handler<C extends Received['content']>(
  kind: C['kind'],
  work: (received: Received<C>, plan: AssistantPlan) => Promise<void>,
): HandlerDefinition {
  return {
    defines: 'handler',
    kind,
    isExclusive: false,
    handle: async (received): Promise<Reaction> => {
      const plan = new AssistantPlan();
      // Contents of this kind alone come to it.
      await work(received as Received<C>, plan);
      return plan.reaction;
    },
  };
}

async function answerKeys(
  { context, distribution, keys }: HandlerParts,
  received: Received<GroupKeysContent>,
  plan: AssistantPlan,
): Promise<void> {
  const { dim, self, clock } = context;
  const { content, sender, message } = received;
  const { group, act, digest } = content;
  const state = await context.stateOf(group);
  if (state === undefined || roleOf(state, self) !== 'assistant') return;
  const from = content.from ?? sender;
  const isMember = permissionOf('write', roleOf(state, sender)) === 'allowed';
  if (!isMember || !received.wasEncrypted) return;
  if (act === 'update' && from.equals(sender) && digest !== undefined) {
    const named = Object.fromEntries(content.keys.map(({ member, data }) => [member.toString(), encodeBase64(data)]));
    plan.put(await keys.merge(group, sender, { digest, keys: named }, clock.now()));
    plan.send(sender, assistantReceipt(dim, message, group, assistantTexts.keysKept(group), clock.now()));
    await distribution.retryGroup(plan, group, { sender });
  }
  if (act === 'request' && content.from !== undefined) {
    const answer = await keysFor(keys, { group, from, member: sender, digest });
    if (answer === undefined) distribution.askForKeys(plan, group, from, { digest, members: [sender] });
    else plan.send(sender, GroupKeysContent.respond(group, { ...answer, from: from.entity, time: clock.now() }));
  }
}

/** What is known of a sender's key for one member. */
async function keysFor(
  table: SenderKeysTable,
  {
    group,
    from,
    member,
    digest,
  }: { readonly group: ID; readonly from: ID; readonly member: ID; readonly digest: string | undefined },
): Promise<{ readonly digest: string; readonly keys: GroupKeysContent['keys'] } | undefined> {
  const known = await table.of(group, from);
  if (known === undefined || (digest !== undefined && digest !== known.digest)) return undefined;
  const own = Object.entries(known.keys).filter(([name]) => name.split('/', 1)[0] === member.entity.toString());
  if (own.length === 0) return undefined;
  const keys = own.map(([name, key]) => {
    const [, terminal] = name.split('/', 2);
    const data = Uint8Array.from(Buffer.from(key, 'base64'));
    return { member: terminal === undefined || terminal === '' ? member.entity : member.at(terminal), data };
  });
  return { digest: known.digest, keys };
}
