/** What is answered about groups: receipts in the words of deployed clients, which show or compare them. */
import { encodeBase64 } from 'dimp/extend';
import { EntityType, ReceiptCommand, type Content, type Dim, type ID } from 'dimp';
import type { Received } from '../ports/handler.ts';
import type { GroupRefusal } from './permissions.ts';

/** A receipt: what people read, and the same with places to fill in, for those who translate. */
export interface ReceiptText {
  readonly text: string;
  readonly template: string;
  readonly replacements: Readonly<Record<string, string | number>>;
}

/** The words, for a group. */
export const receiptTexts = Object.freeze({
  denied: (group: ID, { template }: GroupRefusal): ReceiptText => ({
    text: 'Permission denied.',
    template,
    replacements: { gid: group.toString() },
  }),
  expired: (group: ID, command: string): ReceiptText => ({
    text: 'Command expired.',
    template: 'Group command expired: ${cmd}, group: ${gid}.',
    replacements: { cmd: command, gid: group.toString() },
  }),
  nobody: (group: ID): ReceiptText => ({
    text: 'Command error.',
    template: 'Group members empty: ${gid}.',
    replacements: { gid: group.toString() },
  }),
  empty: (group: ID): ReceiptText => ({
    text: 'Group empty.',
    template: 'Group empty: ${gid}.',
    replacements: { gid: group.toString() },
  }),
  notUpdated: (group: ID, time: number): ReceiptText => ({
    text: 'Group history not updated.',
    template: 'Group history not updated: ${gid}, last time: ${time}',
    replacements: { gid: group.toString(), time },
  }),
  unsupported: (command: string): ReceiptText => ({
    text: 'Command not support.',
    template: 'Group command (name: ${command}) not support yet!',
    replacements: { command },
  }),
  unsupportedContent: (type: string): ReceiptText => ({
    text: 'Content not support.',
    template: 'Content (type: ${type}) not support yet!',
    replacements: { type },
  }),
  noMeta: (group: ID): ReceiptText => ({
    text: 'Meta not found.',
    template: 'Meta not found: ${did}.',
    replacements: { did: group.toString() },
  }),
  wrongMeta: (group: ID): ReceiptText => ({
    text: 'Meta not accepted.',
    template: 'Meta not accepted: ${did}.',
    replacements: { did: group.toString() },
  }),
  documentKept: (group: ID): ReceiptText => ({
    text: 'Document received.',
    template: 'Document received: ${did}.',
    replacements: { did: group.toString() },
  }),
  documentRefused: (group: ID): ReceiptText => ({
    text: 'Document not accepted.',
    template: 'Document not accepted: ${did}.',
    replacements: { did: group.toString() },
  }),
  documentKnown: (group: ID): ReceiptText => ({
    text: 'Document not changed.',
    template: 'Document not changed: ${did}.',
    replacements: { did: group.toString() },
  }),
});

/** The words with all places filled in. */
export function filledIn({ template, replacements }: Omit<ReceiptText, 'text'>): string {
  return template.replaceAll(/\$\{(\w+)\}/g, (place, name: string) => String(replacements[name] ?? place));
}

/**
 * The answer to a content, as replies of a handler: none to oneself, nor to stations and bots, which send again what they
 * do not understand.
 */
export function receiptFor(
  dim: Pick<Dim, 'Content'>,
  self: ID,
  received: Received,
  { text, template, replacements }: ReceiptText,
): readonly Content[] {
  const { content, message, sender } = received;
  if (sender.equals(self) || sender.type === EntityType.STATION || sender.type === EntityType.BOT) return [];
  const origin = { envelope: message.envelope, sn: content.sn, signature: encodeBase64(message.signature) };
  const { group } = content;
  const receipt = ReceiptCommand.create(text, { origin, ...(group !== undefined && { group }) });
  return [dim.Content.parse({ ...receipt.fields, template, replacements: { ...replacements } })];
}
