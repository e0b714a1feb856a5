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
    calls: { ...identityCalls(home), ...openCalls(async () => home.openSession()) },
    start: async (passphrase) => home.start(passphrase),
    close: async () => home.close(),
  };
}

/** @param session waits for a change of phase that has begun, and throws while it is locked: nothing of what is here is given then */
function openCalls(session: () => Promise<OpenSession>): Pick<Engine, OpenCall> {
  return {
    conversations: async () => conversations.conversations(await session()),
    messages: async (page) => conversations.messages(await session(), page),
    message: async ({ key }) => conversations.oneMessage(await session(), key),
    search: async (question) => search(await session(), question),
    send: async (asked) => send(await session(), asked),
    sendFile: async (asked) => sendFile(await session(), asked),
    cancelTransfer: async ({ id }) => (await session()).transfers.cancel(id),
    download: async (asked) => download(await session(), asked),
    tryAgain: async (asked) => tryAgain(await session(), asked),
    takeBack: async ({ key }) => takeBack(await session(), key),
    removeMessage: async ({ key }) => conversations.removeMessage(await session(), key),
    clearConversation: async ({ conversation }) => conversations.clearConversation(await session(), conversation),
    markSeen: async ({ conversation }) => conversations.markSeen(await session(), conversation),
    saveDraft: async ({ conversation, text }) => conversations.saveDraft(await session(), conversation, text),
    exportConversation: async ({ conversation }) => exportConversation(await session(), conversation),
    exportEverything: async () => exportEverything(await session()),
    addContact: async (asked) => contacts.addContact(await session(), asked),
    acceptRequest: async ({ id }) => contacts.acceptRequest(await session(), id),
    declineRequest: async ({ id }) => contacts.declineRequest(await session(), id),
    contacts: async () => contacts.contacts(await session()),
    person: async ({ id }) => contacts.person(await session(), id),
    changeContact: async (change) => contacts.changeContact(await session(), change),
    setVerified: async (asked) => contacts.setVerified(await session(), asked),
    acceptNewKey: async ({ id }) => contacts.acceptNewKey(await session(), id),
    closeAlarm: async ({ id }) => contacts.closeAlarm(await session(), id),
    foundGroup: async (asked) => groups.foundGroup(await session(), asked),
    group: async ({ id }) => groups.group(await session(), id),
    groupHistory: async ({ id }) => groups.groupHistory(await session(), id),
    joinGroup: async ({ text }) => groups.joinGroup(await session(), text),
    changeGroup: async (change) => groups.changeGroup(await session(), change),
  };
}
