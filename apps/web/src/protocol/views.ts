/**
 * What a page is shown, as plain values that go from the engine to each page. Everything that a peer chose is text, and stays
 * text: a page never makes markup of it. IDs are in their text form; times are seconds since 1970.
 */

/** How far the engine is, and with it each page. */
export type Phase =
  | { readonly is: 'starting' }
  /** Nobody lives here yet. */
  | { readonly is: 'empty' }
  /** The keys are sealed until the passphrase is typed. */
  | { readonly is: 'locked'; readonly id: string; readonly name: string | undefined }
  | { readonly is: 'open'; readonly me: MeView }
  /** The store cannot be opened: `STORE_VERSION`, `STORE_CLOSED`, no storage at all. */
  | { readonly is: 'broken'; readonly failure: Failure };

/** What went wrong, for a sentence in the language of the person: by its code, and in English by its reason. */
export interface Failure {
  /** A code of a DimError, or `UNKNOWN`. */
  readonly code: string;
  readonly path: string | undefined;
  readonly reason: string;
}

/** The person at this device. */
export interface MeView {
  readonly id: string;
  readonly name: string;
  readonly terminal: string | undefined;
  /** Other devices that have a visa of this identity. */
  readonly devices: readonly DeviceView[];
  /** Whether the keys on the disk are sealed by a passphrase. */
  readonly isSealed: boolean;
  /** What others add this person by: `#contact=…` behind the address of the page. */
  readonly link: string;
}

export interface DeviceView {
  readonly terminal: string;
  readonly since: number | undefined;
  readonly isThis: boolean;
}

/** Whether there is a station now. */
export type ConnectionView =
  | { readonly is: 'offline'; readonly retryAt: number | undefined; readonly failure: Failure | undefined }
  | { readonly is: 'connecting' | 'handshaking' | 'online' };

/** What kind of trust a name deserves. */
export interface PersonView {
  readonly id: string;
  /** The alias that this person gave, else the name that its owner chose, else the end of the ID. Never empty. */
  readonly name: string;
  /**
   * Where the name is from. `self` is this person, and nobody else; `alias` is what this person has called others, or a group of
   * their own. All other words are not their own: where a name of `peer` stands, it stands in quotes.
   */
  readonly nameFrom: 'self' | 'alias' | 'peer' | 'id';
  /** The end of the ID, to stand beside the name: of each name that others chose, and of one that another has as well. */
  readonly end: string | undefined;
  /** The name that its owner chose, where there is an alias. */
  readonly chosenName: string | undefined;
  readonly isGroup: boolean;
  readonly isContact: boolean;
  readonly isBlocked: boolean;
  readonly isMuted: boolean;
  /** Whether this person has compared the code with that one. It falls away with another key. */
  readonly isVerified: boolean;
  /** Another key was shown for this ID, and nobody has looked at it yet. */
  readonly hasAlarm: boolean;
}

/** A person, on a page of its own. */
export interface PersonDetails extends PersonView {
  /** Sixty digits that are the same on both sides: in twelve groups of five. Undefined while the meta is not known. */
  readonly code: string | undefined;
  readonly link: string;
  readonly groups: readonly PersonView[];
}

/** A conversation in the list. The newest first. */
export interface ConversationView {
  readonly with: PersonView;
  readonly last: MessageView | undefined;
  readonly unread: number;
  readonly draft: string | undefined;
  /** Somebody who is no contact wrote: nothing of it is shown before the person has said yes. */
  readonly isRequest: boolean;
  /** Of a group: how many wait to be let in, where this person may answer them. */
  readonly asking: number;
  /** This person has asked the group to be let in, and is not in it. */
  readonly isAsked: boolean;
}

export interface MessageView {
  readonly key: string;
  readonly conversation: string;
  readonly sender: PersonView;
  readonly isOwn: boolean;
  readonly time: number;
  readonly says: Saying;
  readonly quote: Quote | undefined;
  /** Of own messages. */
  readonly delivery: DeliveryView | undefined;
  readonly wasEncrypted: boolean;
}

export interface Quote {
  /** Whom the answer names: as a person, since everybody chooses a name for oneself. */
  readonly sender: PersonView;
  /** Empty where the message is not here: whoever quotes could put words into another's mouth. */
  readonly text: string;
  /** The message that is answered, where it is here. */
  readonly key: string | undefined;
}

/** What a message says. */
export type Saying =
  /** One that is cut goes on in the message: an export has it whole. */
  | { readonly is: 'text'; readonly text: string; readonly isCut?: true }
  | FileView
  | { readonly is: 'card'; readonly person: PersonView }
  | { readonly is: 'link'; readonly title: string; readonly url: string }
  | { readonly is: 'money'; readonly amount: number; readonly currency: string }
  | { readonly is: 'forwarded'; readonly title: string; readonly count: number }
  /** Of a kind that this page does not show. */
  | { readonly is: 'unknown'; readonly kind: string };

export interface FileView {
  readonly is: 'file';
  readonly kind: 'file' | 'image' | 'audio' | 'video';
  /** As its sender called it, made safe to show and to save: no folders, no controls, with its true ending. */
  readonly filename: string;
  readonly size: number | undefined;
  /** Words to audio. */
  readonly text: string | undefined;
}

export interface DeliveryView {
  readonly id: string;
  readonly state: 'queued' | 'sent' | 'delivered' | 'failed';
  readonly failure: Failure | undefined;
  /** Whether it waits for somebody of whom the station knows nothing, and not for the network alone. */
  readonly waitsForReceiver: boolean;
  /** Of a group: how many of how many have it. */
  readonly delivered: number;
  readonly recipients: number;
}

export type Role = 'owner' | 'administrator' | 'member' | 'assistant' | 'stranger';

export interface GroupView {
  readonly id: string;
  /** How it is called here: perhaps by an alias that nobody else is to see. */
  readonly with: PersonView;
  /** As its owner named it for all, which a new name begins with. */
  readonly publicName: string;
  readonly hasMembers: boolean;
  readonly role: Role;
  readonly members: readonly { readonly person: PersonView; readonly role: Role }[];
  /** Who was proposed by members, and who asked to join. */
  readonly waiting: readonly {
    readonly person: PersonView;
    readonly by: PersonView | undefined;
    readonly time: number;
  }[];
  /** When this person has asked to be let in, where it is not in it. */
  readonly askedAt: number | undefined;
  /** Its owner has removed everybody else. */
  readonly isEnded: boolean;
  /** What may be done here; a page shows no button that fails. */
  readonly may: Readonly<
    Record<
      'write' | 'invite' | 'refuse' | 'expel' | 'quit' | 'resign' | 'hire' | 'fire' | 'rename' | 'dissolve',
      boolean
    >
  >;
  /** `#group=…` behind the address of the page. */
  readonly link: string;
}

/** What somebody did in a group, and was allowed to. */
export interface HistoryView {
  readonly key: string;
  readonly time: number;
  readonly author: PersonView;
  readonly did:
    | 'founded'
    | 'listed'
    | 'added'
    | 'admitted'
    | 'removed'
    | 'ended'
    | 'refused'
    | 'proposed'
    | 'asked'
    | 'left'
    | 'resigned'
    | 'hired'
    | 'fired'
    | 'renamed';
  /** Some of those whom it is about, this person first. */
  readonly people: readonly PersonView[];
  /** How many they are. */
  readonly count: number;
  /** The new name of the group: empty for one that shows nothing. */
  readonly name: string | undefined;
}

/** A file on its way, up or down. */
export interface TransferView {
  readonly id: string;
  readonly conversation: string;
  /** Of a download, the message. */
  readonly key: string | undefined;
  readonly filename: string;
  readonly direction: 'up' | 'down';
  readonly phase: 'preparing' | 'sending' | 'receiving';
  readonly done: number;
  readonly total: number | undefined;
}

/** What this page was built and configured for, and what the person chose. */
export interface SettingsView {
  /** `ws://127.0.0.1:9394`, as chosen or as the server of this page says. */
  readonly station: string | undefined;
  /** Where files are uploaded to, as `https://files.example/upload/{ID}/file`. */
  readonly files: string | undefined;
  /** Whether others are told that their messages arrived: only contacts are, if not all. */
  readonly receipts: 'all' | 'contacts' | 'none';
}
