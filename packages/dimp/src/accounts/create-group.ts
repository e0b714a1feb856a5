/** A new group: a meta signed by the founder's identity key, and a bulletin. */
import { EntityType, type Bulletin, type ID, type Meta, type MessageContext } from 'dkd';
import { requireArgument } from 'dkd/extend';
import { checkLocalUser } from '../trust/check-options.ts';
import type { User } from './create-user.ts';
import { memberList } from './member-list.ts';

/** A group as its members know it. */
export interface Group {
  readonly id: ID;
  readonly meta: Meta;
  readonly bulletin: Bulletin;
  /** The founder first; each once. */
  readonly members: readonly ID[];
}

/** How to make a group. */
export interface CreateGroupOptions {
  readonly founder: User;
  /** The members beside the founder. */
  readonly members: readonly ID[];
  /** The name that people see. */
  readonly name: string;
  /** The name in the ID. */
  readonly seed: string;
}

/** Makes a group. See `Dim.createGroup`. */
export async function createGroup(context: MessageContext, options: CreateGroupOptions): Promise<Group> {
  const { name, seed } = requireArgument(options, 'options');
  const founder = requireArgument(options.founder, 'founder');
  checkLocalUser(founder.id, 'founder.id');
  requireArgument(founder.keys?.identity, 'founder.keys.identity');
  requireArgument(name, 'name');
  const identityKey = founder.keys.identity;
  const members = memberList(options.members, founder.id);
  const meta = await context.Meta.generate({ type: 'MKM', privateKey: identityKey, seed });
  const id = meta.id(EntityType.GROUP);
  const properties = { name, founder: founder.id };
  const bulletin = await context.Document.create({ type: 'bulletin', did: id, properties }).sign(identityKey);
  return { id, meta, bulletin, members };
}
