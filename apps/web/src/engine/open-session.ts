/** What all calls of an open engine share. */
import type { ID } from 'dimp';
import type { ClientStore } from 'dimsdk';
import { DimError } from 'dimp';
import type { EngineEvent } from '../protocol/calls.ts';
import type { MessageView, SettingsView } from '../protocol/views.ts';
import type { Alarms } from './alarms.ts';
import { dim, type ChatClient, type ChatMessage } from './dim.ts';
import type { Drafts } from './drafts.ts';
import type { GroupStories } from './group-stories.ts';
import type { MessageViews } from './message-views.ts';
import type { People } from './people.ts';
import type { Platform } from './platform.ts';
import type { ServerConfig } from './server-config.ts';
import type { Strangers } from './strangers.ts';
import type { Tokens } from './tokens.ts';
import type { Transfers } from './transfers.ts';
import type { Verification } from './verification.ts';

/** A client at work, and what this application knows beside it. */
export interface OpenSession {
  readonly client: ChatClient;
  readonly store: ClientStore;
  readonly platform: Platform;
  readonly config: ServerConfig;
  readonly settings: SettingsView;
  readonly people: People;
  readonly strangers: Strangers;
  readonly verification: Verification;
  readonly alarms: Alarms;
  readonly tokens: Tokens;
  readonly drafts: Drafts;
  readonly views: MessageViews;
  readonly stories: GroupStories;
  readonly transfers: Transfers;
  readonly tell: (event: EngineEvent) => void;
}

/** @throws DimError `INPUT_FORMAT` at the name of the parameter */
export function readId(text: string, path: string): ID {
  const id = dim.ID.tryParse(text)?.entity;
  if (id !== undefined && !id.isBroadcast) return id;
  throw new DimError('INPUT_FORMAT', 'must be the ID of a person or a group', { path });
}

/** A message that a page may see: nothing of a stranger's. */
export async function shownMessage(open: OpenSession, key: string): Promise<ChatMessage | undefined> {
  const message = await open.client.conversations.message(key);
  return message === undefined || (await isHidden(open, message.conversation)) ? undefined : message;
}

/** @throws DimError `INPUT_MISSING` at `key` */
export async function requireMessage(open: OpenSession, key: string): Promise<ChatMessage> {
  const message = await shownMessage(open, key);
  if (message !== undefined) return message;
  throw new DimError('INPUT_MISSING', 'there is no such message', { path: 'key' });
}

/** Whether nothing of a conversation is shown: of strangers before a yes, and of those who are blocked. */
export async function isHidden({ client, strangers }: OpenSession, conversation: ID): Promise<boolean> {
  return client.contact(conversation).isBlocked || strangers.isStranger(conversation);
}

/** A message that is new here, told to all pages. */
export async function tellMessage(
  { views, tell }: OpenSession,
  message: ChatMessage,
  isNew = false,
): Promise<MessageView> {
  tell({ tell: 'message', conversation: message.conversation.toString(), key: message.key, isNew });
  return views.of(message);
}
