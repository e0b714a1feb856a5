/** What the processes of a trial say to each other: JSON, a line for each. */

/** Where a process kills itself. */
export interface Death {
  readonly at:
    /** Nothing of a commit is on the disk. */
    | 'before-commit'
    /** All of it is, and nobody knows. */
    | 'after-commit'
    /** The same, for the commit of a content that is being sent: the application will never hear that it is kept. */
    | 'before-commit-of-send'
    | 'after-commit-of-send'
    /** What came in is on the disk, and the station does not know. */
    | 'before-acknowledgement'
    /** The station's transport has a message, and the disk does not know. */
    | 'after-handover';
  /** The how manyth of these from now on, from 1. */
  readonly count: number;
}

/** What a device is told. */
export type Order =
  /** Found a group with the other one. */
  | { readonly do: 'found' }
  /** Send texts, from one number up to, and without, another one; each eighth to the group, where one is given. */
  | { readonly do: 'send'; readonly from: number; readonly to: number; readonly group?: string | undefined }
  | { readonly do: 'die'; readonly death: Death }
  | { readonly do: 'report' }
  | { readonly do: 'close' };

/** What is still to be done at a device. */
export interface Report {
  readonly deliveries: number;
  readonly drafts: number;
  readonly parcels: number;
  readonly arrivals: number;
  readonly waiting: number;
  /** How many messages it has: what there is when nothing is to be done. */
  readonly messages: number;
}

/** What a device says. */
export type Saying =
  /** It runs. */
  | { readonly is: 'started' }
  /** It is connected, and let in. */
  | { readonly is: 'online' }
  /** It is a member of a group. */
  | { readonly is: 'member'; readonly group: string }
  /** It is about to send a text. */
  | { readonly is: 'sending'; readonly number: number }
  /** `send` has promised that the text goes out. */
  | { readonly is: 'kept'; readonly number: number; readonly delivery: string }
  /** All texts are kept. */
  | { readonly is: 'all-kept' }
  | { readonly is: 'report'; readonly report: Report }
  /** Something that should not be. */
  | { readonly is: 'wrong'; readonly what: string; readonly error: string }
  /** Client and store are closed. */
  | { readonly is: 'closed'; readonly resources: readonly string[] };

/** How a device is started. */
export interface DeviceParameters {
  /** Of the file of its store. */
  readonly path: string;
  /** Seals the private keys; nothing does, if not given. */
  readonly passphrase?: string | undefined;
  readonly name: string;
  readonly self: string;
  readonly other: string;
  readonly port: number;
  /** So many of its deliveries may be on their way. */
  readonly window: number;
  /** How far its clock is ahead of that of this machine, in seconds. */
  readonly ahead: number;
}

/** The texts of a device. */
export function textFor(name: string, number: number): string {
  return `${name} ${number}`;
}

/** The answer to a text. */
export function answerTo(text: string): string {
  return `${ANSWER}${text}`;
}

export function isAnswer(text: string): boolean {
  return text.startsWith(ANSWER);
}

const ANSWER = 'answer to ';

/** Whether a text goes to the group, where there is one. */
export function isForGroup(number: number): boolean {
  return number % 8 === 7;
}
