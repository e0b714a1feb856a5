/** What senders are told, in the words that deployed clients show. */
import { ReceiptCommand, type Content, type Dim, type ID, type ReliableMessage } from 'dimp';
import { encodeBase64 } from 'dimp/extend';

/** What people read, and the same with places to fill in. */
export interface AssistantText {
  readonly text: string;
  readonly template: string;
  readonly replacements: Readonly<Record<string, string | number>>;
}

/** What can be told of a message to a group. */
export const assistantTexts = Object.freeze({
  split: (count: number, total: number): AssistantText => ({
    text: 'Group message delivering.',
    template: 'Group message split for ${count}/${total} member(s).',
    replacements: { count, total },
  }),
  denied: (group: ID, template: string): AssistantText => ({
    text: 'Permission denied.',
    template,
    replacements: { gid: group.toString() },
  }),
  notAssistant: (group: ID): AssistantText => assistantTexts.denied(group, 'Not an assistant of group: ${gid}'),
  unknown: (group: ID): AssistantText => ({
    text: 'Group empty.',
    template: 'Group empty: ${gid}.',
    replacements: { gid: group.toString() },
  }),
  notGenuine: (group: ID): AssistantText => ({
    text: 'Message not accepted.',
    template: 'Message not accepted for group: ${gid}',
    replacements: { gid: group.toString() },
  }),
  tooMany: (group: ID): AssistantText => ({
    text: 'Message not accepted.',
    template: 'Too many messages or members for group: ${gid}',
    replacements: { gid: group.toString() },
  }),
  keysKept: (group: ID): AssistantText => ({
    text: 'Group keys updated.',
    template: 'Group keys updated: ${gid}',
    replacements: { gid: group.toString() },
  }),
});

/** A receipt for a message. @param time in seconds since 1970 */
export function assistantReceipt(
  dim: Pick<Dim, 'Content'>,
  { envelope, signature }: ReliableMessage,
  group: ID,
  { text, template, replacements }: AssistantText,
  time: number,
): Content {
  const origin = { envelope, signature: encodeBase64(signature) };
  const receipt = ReceiptCommand.create(text, { origin, group, time });
  return dim.Content.parse({ ...receipt.fields, template, replacements: { ...replacements } });
}
