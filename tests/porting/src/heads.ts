/** What each page begins with: the five first tasks, in the names of the SDK, and where its names were taken from. */
import type { Language } from './names.ts';

export interface Head {
  readonly start: string;
  /** The packages in the order of the page: what an application names most comes first. */
  readonly order: readonly string[];
  readonly source: string;
  readonly tasks: readonly Task[];
}

export interface Task {
  readonly task: string;
  /** Names of the extraction: a class, or a class and a member. */
  readonly there: readonly string[];
  /** The heading of `docs/porting.md` with the lines that do it here. */
  readonly anchor: string;
}

const TASKS = {
  identity: { task: 'Make an identity', anchor: 'make-an-identity' },
  send: { task: 'Send', anchor: 'send' },
  receive: { task: 'Receive', anchor: 'receive' },
  answer: { task: 'Answer a command', anchor: 'answer-a-command' },
  keep: { task: 'Keep a store', anchor: 'keep-a-store' },
} as const;

const START =
  'At the end of this page you know where each public name of that SDK is. The first five things; each leads to the lines that do it here:';

export const HEADS: Readonly<Record<Language, Head>> = {
  python: {
    start: START,
    order: ['dimsdk', 'dimples', 'dimax', 'dimp', 'dkd', 'mkm', 'dimap'],
    source:
      'The names are those that the packages export by `__all__`, with the doors `client`, `server` and `edge` of `dimples`; older ones had `dimplugins` in place of `dimap` and `dimax`.',
    tasks: [
      { ...TASKS.identity, there: ['Register', 'PrivateKey.generate', 'Meta.generate'] },
      { ...TASKS.send, there: ['ClientMessenger', 'CommonMessenger.send_content'] },
      { ...TASKS.receive, there: ['ClientMessageProcessor', 'Messenger.process_package'] },
      { ...TASKS.answer, there: ['BaseCommandProcessor', 'ContentProcessorCreator'] },
      { ...TASKS.keep, there: ['AccountDatabase', 'CommonFacebook', 'CommonArchivist'] },
    ],
  },
  javascript: {
    start: START,
    order: ['dimsdk', 'plugins', 'dimp', 'dkd', 'mkm', 'crypto'],
    source:
      'That SDK is on no registry: the names are what its bundles put into the namespaces `DIMP`, `MONKEY`, `MingKeMing` and `DaoKeDao`. The bundle for connections, `stargate`, is in none of these repositories, and is not told of here.',
    tasks: [
      { ...TASKS.identity, there: ['PrivateKey.generate', 'Meta.generate'] },
      { ...TASKS.send, there: ['Messenger.encryptMessage', 'Messenger.signMessage'] },
      { ...TASKS.receive, there: ['Messenger.processPackage', 'MessageProcessor'] },
      { ...TASKS.answer, there: ['BaseCommandProcessor', 'BaseContentProcessorCreator'] },
      { ...TASKS.keep, there: ['Facebook', 'Archivist', 'CipherKeyDelegate'] },
    ],
  },
  java: {
    start: START,
    order: ['SDK', 'DIMP', 'DaoKeDao', 'MingKeMing', 'Plugins', 'CryptoPlugins', 'Crypto'],
    source:
      'The names are the public classes of the jars of `chat.dim`: the newest `SDK` with what it brings, and the newest algorithms that there are for it.',
    tasks: [
      { ...TASKS.identity, there: ['PrivateKey.generate', 'Meta.generate'] },
      { ...TASKS.send, there: ['Messenger.encryptMessage', 'Messenger.signMessage'] },
      { ...TASKS.receive, there: ['Messenger.processPackage', 'MessageProcessor'] },
      { ...TASKS.answer, there: ['BaseCommandProcessor', 'ContentProcessor.Creator'] },
      { ...TASKS.keep, there: ['Facebook', 'Archivist', 'CipherKeyDelegate'] },
    ],
  },
  dart: {
    start: START,
    order: ['dim_client', 'dimsdk', 'dimax', 'dimp', 'dkd', 'mkm', 'dimap'],
    source:
      'The names are what the libraries of the packages export, read from their public repositories and not from pub.dev: what is published may be a little older or newer. What they pass on from `lnc`, `object_key` and `stargate` is left out.',
    tasks: [
      { ...TASKS.identity, there: ['Register', 'PrivateKey.generate', 'Meta.generate'] },
      { ...TASKS.send, there: ['ClientMessenger', 'CommonMessenger.sendContent'] },
      { ...TASKS.receive, there: ['ClientMessageProcessor', 'Messenger.processPackage'] },
      { ...TASKS.answer, there: ['BaseCommandProcessor', 'ContentProcessorCreator'] },
      { ...TASKS.keep, there: ['AccountDBI', 'CommonFacebook', 'Archivist'] },
    ],
  },
};
