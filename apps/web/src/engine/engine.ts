/** The engine: what all pages of this browser ask, answered by one client over one store. */
import type { CallName, Engine, EngineEvent } from '../protocol/calls.ts';
import * as contacts from './contacts.ts';
import * as conversations from './conversations.ts';
import { exportConversation, exportEverything } from './export.ts';
import { download, sendFile } from './files.ts';
import * as groups from './groups.ts';
import { Home } from './home.ts';
import { identityCalls, type IdentityCall } from './identity-calls.ts';
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
    calls: { ...identityCalls(home), ...openCalls(() => home.session.open) },
    start: async (passphrase) => home.start(passphrase),
    close: async () => home.close(),
  };
}

/** @param session throws while it is locked: nothing of what is here is given then */
function openCalls(session: () => OpenSession): Pick<Engine, OpenCall> {
  return {
    conversations: async () => conversations.conversations(session()),
    messages: async (page) => conversations.messages(session(), page),
    message: async ({ key }) => conversations.oneMessage(session(), key),
    search: async (question) => search(session(), question),
    send: async (asked) => send(session(), asked),
    sendFile: async (asked) => sendFile(session(), asked),
    cancelTransfer: async ({ id }) => session().transfers.cancel(id),
    download: async (asked) => download(session(), asked),
    tryAgain: async (asked) => tryAgain(session(), asked),
    takeBack: async ({ key }) => takeBack(session(), key),
    removeMessage: async ({ key }) => conversations.removeMessage(session(), key),
    clearConversation: async ({ conversation }) => conversations.clearConversation(session(), conversation),
    markSeen: async ({ conversation }) => conversations.markSeen(session(), conversation),
    saveDraft: async ({ conversation, text }) => conversations.saveDraft(session(), conversation, text),
    exportConversation: async ({ conversation }) => exportConversation(session(), conversation),
    exportEverything: async () => exportEverything(session()),
    addContact: async (asked) => contacts.addContact(session(), asked),
    acceptRequest: async ({ id }) => contacts.acceptRequest(session(), id),
    declineRequest: async ({ id }) => contacts.declineRequest(session(), id),
    contacts: async () => contacts.contacts(session()),
    person: async ({ id }) => contacts.person(session(), id),
    changeContact: async (change) => contacts.changeContact(session(), change),
    setVerified: async (asked) => contacts.setVerified(session(), asked),
    acceptNewKey: async ({ id }) => contacts.acceptNewKey(session(), id),
    closeAlarm: async ({ id }) => contacts.closeAlarm(session(), id),
    foundGroup: async (asked) => groups.foundGroup(session(), asked),
    group: async ({ id }) => groups.group(session(), id),
    groupHistory: async ({ id }) => groups.groupHistory(session(), id),
    joinGroup: async ({ text }) => groups.joinGroup(session(), text),
    changeGroup: async (change) => groups.changeGroup(session(), change),
  };
}
