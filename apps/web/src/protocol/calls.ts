/**
 * What a page asks the engine for. The engine is one for all pages of this browser: the worker of one page, chosen by a Web Lock;
 * when that page ends, that of another goes on. A call that was not answered by then is asked again: `token` tells the engine
 * that it has done it already.
 */
import type {
  ConnectionView,
  ConversationView,
  GroupView,
  HistoryView,
  MessageView,
  PersonDetails,
  PersonView,
  Phase,
  SettingsView,
  TransferView,
} from './views.ts';

/** How a person becomes somebody here. */
export interface NewIdentity {
  readonly name: string;
  /** Undefined: the keys lie on the disk as they are. */
  readonly passphrase: string | undefined;
}

/** Where a page of messages begins: the newest, those before a message, or those around one. */
export interface MessagePage {
  readonly conversation: string;
  readonly before?: Pick<MessageView, 'key' | 'time'> | undefined;
  readonly after?: Pick<MessageView, 'key' | 'time'> | undefined;
  readonly limit: number;
}

/** Each call: its parameter, and its answer. */
export interface Calls {
  state: [void, EngineState];

  // identity
  makeWords: [void, string];
  create: [NewIdentity & { readonly words: string }, void];
  /** @throws `INPUT_FORMAT` at `words[2]` */
  restore: [NewIdentity & { readonly words: string }, void];
  /** From a file of another device or application, with the passphrase of that file. An empty name: the one it has already. */
  importIdentity: [
    NewIdentity & { readonly text: string; readonly filePassphrase: string },
    { readonly refused: number },
  ];
  exportIdentity: [{ readonly filePassphrase: string }, string];
  /** @throws `VAULT_PASSPHRASE` */
  unlock: [{ readonly passphrase: string }, void];
  lock: [void, void];
  changePassphrase: [{ readonly from: string | undefined; readonly to: string | undefined }, void];
  rename: [{ readonly name: string }, void];
  /** Deletes all that is here. */
  forgetEverything: [void, void];

  // settings
  changeSettings: [Partial<SettingsView>, void];
  connectNow: [void, void];

  // conversations
  conversations: [void, readonly ConversationView[]];
  /** The oldest first. */
  messages: [MessagePage, readonly MessageView[]];
  message: [{ readonly key: string }, MessageView | undefined];
  search: [
    { readonly text: string; readonly conversation?: string | undefined; readonly limit: number },
    readonly MessageView[],
  ];
  /** What is sent is taken out of the draft, at whose beginning it stands; see `draftWithout`. */
  send: [
    {
      readonly conversation: string;
      readonly text: string;
      readonly quote?: string | undefined;
      readonly token: string;
    },
    MessageView,
  ];
  sendFile: [SendFile, MessageView];
  cancelTransfer: [{ readonly id: string }, void];
  /** The file of a message, decrypted and checked. It has no type. */
  download: [{ readonly key: string }, { readonly blob: Blob; readonly isVerified: boolean }];
  /** Sends again what has failed, as a new message in place of the old. */
  tryAgain: [{ readonly key: string; readonly token: string }, MessageView];
  /** Takes back what has not gone out. */
  takeBack: [{ readonly key: string }, boolean];
  removeMessage: [{ readonly key: string }, void];
  clearConversation: [{ readonly conversation: string }, void];
  markSeen: [{ readonly conversation: string }, void];
  saveDraft: [{ readonly conversation: string; readonly text: string }, void];
  /** A text with all messages of a conversation; JSON with everything but keys, for all of them. */
  exportConversation: [{ readonly conversation: string }, Blob];
  exportEverything: [void, Blob];

  // people
  /** An ID, a link of this page, or the JSON of a contact. @throws `INPUT_…` */
  addContact: [{ readonly text: string; readonly alias?: string | undefined }, PersonView];
  /** Says yes to somebody who wrote first. */
  acceptRequest: [{ readonly id: string }, void];
  /** Deletes what that one wrote, and blocks. */
  declineRequest: [{ readonly id: string }, void];
  contacts: [void, readonly PersonView[]];
  person: [{ readonly id: string }, PersonDetails];
  changeContact: [
    {
      readonly id: string;
      readonly alias?: string | undefined;
      readonly isBlocked?: boolean;
      readonly isMuted?: boolean;
      readonly isAdded?: boolean;
    },
    PersonView,
  ];
  setVerified: [{ readonly id: string; readonly isVerified: boolean }, void];
  /** The person has asked: the new key is right. What was known of that ID is forgotten, and learned anew. */
  acceptNewKey: [{ readonly id: string }, void];
  /** The person has looked at the alarm, and stays with the key that is known. */
  closeAlarm: [{ readonly id: string }, void];

  // groups
  foundGroup: [{ readonly name: string; readonly members: readonly string[]; readonly token: string }, GroupView];
  group: [{ readonly id: string }, GroupView | undefined];
  /** The oldest first. */
  groupHistory: [{ readonly id: string }, readonly HistoryView[]];
  /** With a link of this page; what it asks for, owner or administrators answer. */
  joinGroup: [{ readonly text: string }, PersonView];
  /** Waits no longer to be let in. */
  stopJoining: [{ readonly id: string }, void];
  changeGroup: [
    { readonly id: string } & (
      | { readonly do: 'invite' | 'expel' | 'hire' | 'fire'; readonly people: readonly string[] }
      /** All who wait: groups know no other no. With whom the person has seen; where somebody else waits, nobody is refused. */
      | { readonly do: 'refuse'; readonly people: readonly string[] }
      /** To dissolve removes everybody but the owner. */
      | { readonly do: 'quit' | 'resign' | 'dissolve' }
      | { readonly do: 'rename'; readonly name: string }
    ),
    GroupView,
  ];
}

export interface SendFile {
  readonly conversation: string;
  readonly file: Blob;
  readonly filename: string;
  readonly kind: 'file' | 'image' | 'audio' | 'video';
  /** A small picture of it, as a data URL of JPEG or PNG. */
  readonly thumbnail?: string | undefined;
  readonly token: string;
}

/** Where the engine is, for a page that has just come. */
export interface EngineState {
  readonly phase: Phase;
  readonly connection: ConnectionView;
  readonly settings: SettingsView;
  readonly transfers: readonly TransferView[];
}

/** What the engine tells all pages. */
export type EngineEvent =
  | { readonly tell: 'state'; readonly state: EngineState }
  /** Something came, went out, or is further: ask for it. */
  | { readonly tell: 'message'; readonly conversation: string; readonly key: string; readonly isNew: boolean }
  /** Messages were removed, or a conversation was cleared. */
  | { readonly tell: 'conversation'; readonly conversation: string }
  /** What is unread or being written is another: the list is asked for again, and messages are as they were. */
  | { readonly tell: 'list' }
  /** A name, a contact, members: ask again. */
  | { readonly tell: 'people' }
  | { readonly tell: 'alarm'; readonly id: string }
  | { readonly tell: 'transfer'; readonly transfer: TransferView; readonly is: 'going' | 'done' | 'failed' };

export type CallName = keyof Calls;
export type Parameter<K extends CallName> = Calls[K][0];
export type Answer<K extends CallName> = Calls[K][1];

/** What does the calls. */
export type Engine = { readonly [K in CallName]: (parameter: Parameter<K>) => Promise<Answer<K>> };
