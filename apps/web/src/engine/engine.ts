/** The engine: what all pages of this browser ask, answered by one client over one store. */
import type { CallName, Engine, EngineEvent } from '../protocol/calls.ts';
import * as contacts from './contacts.ts';
import * as conversations from './conversations.ts';
import { exportConversation, exportEverything } from './export.ts';
import { download, sendFile } from './files.ts';
import { groupHistory } from './group-history.ts';
import * as groups from './groups.ts';
import { Home } from './home.ts';
import { identityCalls, type IdentityCall } from './identity-calls.ts';
import { joinGroup, stopJoining } from './joining.ts';
import type { OpenSession } from './open-session.ts';
import type { Platform } from './platform.ts';
import { search } from './search.ts';
import { send, takeBack, tryAgain } from './sending.ts';

export interface EngineHost {
  tell(event: EngineEvent): void;
  /** The passphrase that opens the store from now on; undefined where it is forgotten. */
  secret(passphrase: string | undefined): void;
}

export interface RunningEngine {
  readonly calls: Engine;
  /** @param passphrase what the engine before this one was opened by */
  start(passphrase?: string): Promise<void>;
  close(): Promise<void>;
}

type OpenCall = Exclude<CallName, IdentityCall>;

/** Makes an engine, which is started by whoever has the lock. */
export function createEngine(platform: Platform, host: EngineHost): RunningEngine {
  const home = new Home(platform, host);
  return {
    calls: { ...identityCalls(home), ...openCalls(async (work) => home.withSession(async ({ open }) => work(open))) },
    start: async (passphrase) => home.start(passphrase),
    close: async () => home.close(),
  };
}

/** @param ask throws while it is locked: nothing of what is here is given then */
function openCalls(ask: <T>(work: (open: OpenSession) => T | Promise<T>) => Promise<T>): Pick<Engine, OpenCall> {
  return {
    conversations: async () => ask((open) => conversations.conversations(open)),
    messages: async (page) => ask((open) => conversations.messages(open, page)),
    message: async ({ key }) => ask((open) => conversations.oneMessage(open, key)),
    search: async (question) => ask((open) => search(open, question)),
    send: async (asked) => ask((open) => send(open, asked)),
    sendFile: async (asked) => ask((open) => sendFile(open, asked)),
    cancelTransfer: async ({ id }) => ask((open) => open.transfers.cancel(id)),
    download: async (asked) => ask((open) => download(open, asked)),
    tryAgain: async (asked) => ask((open) => tryAgain(open, asked)),
    takeBack: async ({ key }) => ask((open) => takeBack(open, key)),
    removeMessage: async ({ key }) => ask((open) => conversations.removeMessage(open, key)),
    clearConversation: async ({ conversation }) => ask((open) => conversations.clearConversation(open, conversation)),
    markSeen: async ({ conversation }) => ask((open) => conversations.markSeen(open, conversation)),
    saveDraft: async ({ conversation, text }) => ask((open) => conversations.saveDraft(open, conversation, text)),
    exportConversation: async ({ conversation }) => ask((open) => exportConversation(open, conversation)),
    exportEverything: async () => ask((open) => exportEverything(open)),
    addContact: async (asked) => ask((open) => contacts.addContact(open, asked)),
    acceptRequest: async ({ id }) => ask((open) => contacts.acceptRequest(open, id)),
    declineRequest: async ({ id }) => ask((open) => contacts.declineRequest(open, id)),
    contacts: async () => ask((open) => contacts.contacts(open)),
    person: async ({ id }) => ask((open) => contacts.person(open, id)),
    changeContact: async (change) => ask((open) => contacts.changeContact(open, change)),
    setVerified: async (asked) => ask((open) => contacts.setVerified(open, asked)),
    acceptNewKey: async ({ id }) => ask((open) => contacts.acceptNewKey(open, id)),
    closeAlarm: async ({ id }) => ask((open) => contacts.closeAlarm(open, id)),
    foundGroup: async (asked) => ask((open) => groups.foundGroup(open, asked)),
    group: async ({ id }) => ask((open) => groups.group(open, id)),
    groupHistory: async ({ id }) => ask((open) => groupHistory(open, id)),
    joinGroup: async ({ text }) => ask((open) => joinGroup(open, text)),
    stopJoining: async ({ id }) => ask((open) => stopJoining(open, id)),
    changeGroup: async (change) => ask((open) => groups.changeGroup(open, change)),
  };
}
