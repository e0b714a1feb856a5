/** `dimsdk/internal`: what the packages of this repository share. It may change with any version. */
export { checkOptionNames, requireDim, requireMap, requireMethod } from './usage/check-usage.ts';
export { CONTACTS, contactTable } from './contacts/contacts.ts';
export { GroupBook, type GroupHistory } from './groups/group-book.ts';
export type { GroupLimits, GroupOptions } from './groups/group-context.ts';
export { groupDispatch, SHARED_GROUP_SIZE, type GroupDispatch } from './groups/group-dispatch.ts';
export { groupHandlers } from './groups/group-handlers.ts';
export { GroupManager, type GroupManagerOptions } from './groups/group-manager.ts';
export { MAX_PENDING } from './groups/group-state.ts';
export { foldHistory, type FoldedHistory, type GroupFacts, type Verdict } from './groups/fold-history.ts';
export type { GroupBulletin } from './groups/group-bulletin.ts';
export type { HistoryCommand, HistoryEntry } from './groups/history-entry.ts';
export { PERMISSIONS } from './groups/permissions.ts';
export type { GroupAdditions, GroupPlan } from './groups/plan-group.ts';
export type { HistoryLimits } from './groups/retain-history.ts';
export { readShortText } from './files/short-text.ts';
export { MtpDecoder } from './transport/mtp-decoder.ts';
export {
  encodePacket,
  MAGIC,
  readHeader,
  Transactions,
  type MtpHeader,
  type MtpPacket,
  type MtpPage,
  type MtpType,
} from './transport/mtp-packet.ts';
export { LONGEST_SIGN } from './transport/connection-limits.ts';
export { isSign, signBytes } from './transport/signs.ts';
export { MtpFragments } from './transport/mtp-fragments.ts';
export { Pauses } from './session/pauses.ts';
export { forEachMember, type Member } from './transport/outer-members.ts';
export { acknowledgementOf } from './transport/message-acknowledgement.ts';
export { Database } from './browser/database.ts';
export { MIGRATIONS } from './browser/schema.ts';
