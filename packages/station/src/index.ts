/** dimstation: a station of the DIM network. */
export type { AcceptLink, Link, LinkEnd, LinkUser, OutgoingPayload } from './ports/link.ts';
export type { Engine } from './ports/engine.ts';
export type {
  Acknowledgement,
  Box,
  BoxUsage,
  Mailbox,
  MailboxLimits,
  MailboxTotal,
  Posting,
  PostingOutcome,
  ReadLimits,
  StoredMessage,
} from './ports/mailbox.ts';
export type { KeptRecord, RecordChange, Records } from './ports/records.ts';
export { noMeter, type Counted, type Meter } from './ports/meter.ts';
export { memoryEngine } from './engine/memory-engine.ts';
export { createStation, type SessionView, type Station, type StationOptions } from './station/create-station.ts';
export { DEFAULT_STATION_LIMITS, type StationLimits } from './station/station-limits.ts';
export type { BlockedUser } from './directory/blocked-users.ts';
export type { NeighborView } from './bridge/bridge.ts';
export type { BridgeOptions, NeighborAddress } from './bridge/bridge-options.ts';
export type { CachedMessage } from './routing/deliveries.ts';
export { listen, type Certificate, type Listener, type ListenOptions } from './listener/listen.ts';
export type { AnswerRequest, MayConnect } from './listener/http-side.ts';
export { DEFAULT_LISTENER_LIMITS, type ListenerLimits } from './link/listener-limits.ts';
export { openSqliteEngine, type SqliteEngineOptions } from './sqlite/open-sqlite-engine.ts';
export type { SqliteEngine } from './sqlite/sqlite-engine.ts';
export { webhookPush, type WebhookPush, type WebhookPushOptions } from './push/webhook-push.ts';
export { SIGNATURE_HEADER, verifyPush, type SignedPush } from './push/push-signature.ts';
export type { PushItem } from './push/push-item.ts';
export {
  createGroupAssistant,
  type GroupAssistant,
  type GroupAssistantOptions,
} from './assistant/create-group-assistant.ts';
export { DEFAULT_ASSISTANT_LIMITS, type AssistantLimits } from './assistant/assistant-limits.ts';
