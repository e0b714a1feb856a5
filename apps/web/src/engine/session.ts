/** A client at work over an open store, and what pages may ask of it. */
import type { ID } from 'dimp';
import { isDimError } from 'dimp';
import { createClient, httpFileService, type ClientStore, type ConnectionState, type StationAddress } from 'dimsdk';
import type { ConnectionView, MeView } from '../protocol/views.ts';
import { Alarms } from './alarms.ts';
import { allowedUrl } from './allowed-url.ts';
import { dim, type ChatClient } from './dim.ts';
import { Drafts } from './drafts.ts';
import { failureOf } from './failure.ts';
import { GroupStories } from './group-stories.ts';
import { devicesOf } from './identity.ts';
import { continueToJoin } from './joining.ts';
import { linkOf } from './links.ts';
import { MessageViews } from './message-views.ts';
import type { OpenSession } from './open-session.ts';
import { endOfId, People } from './people.ts';
import type { Platform } from './platform.ts';
import type { ServerConfig } from './server-config.ts';
import { readSettings, stationOf } from './settings.ts';
import { Strangers } from './strangers.ts';
import type { SessionHost } from './session-host.ts';
import { tellTidings } from './tidings.ts';
import { Tokens } from './tokens.ts';
import { Transfers } from './transfers.ts';
import { Verification } from './verification.ts';

/** Where nobody has said where a station is: it is never asked. */
const NOWHERE: StationAddress = { host: 'station.invalid', port: 9394 };

export interface Session {
  readonly open: OpenSession;
  readonly connection: ConnectionView;
  me(isSealed: boolean): Promise<MeView>;
  connectNow(): void;
  /** Ends the client. The store stays open. */
  close(): Promise<void>;
}

export async function openSession(
  self: ID,
  {
    store,
    platform,
    config,
  }: { readonly store: ClientStore; readonly platform: Platform; readonly config: ServerConfig },
  host: SessionHost,
): Promise<Session> {
  const settings = await readSettings(store, config);
  const station = stationOf(settings, config);
  const getClient = (): ChatClient => client;
  const strangers = new Strangers(getClient, store);
  const client: ChatClient = createClient({
    dim,
    store,
    self,
    clock: platform.clock,
    transport: platform.transport,
    stations: [station ?? NOWHERE],
    handlers: [strangers.handler],
    receipts: settings.receipts,
    agent: 'dim-web',
    files: {
      service: httpFileService({
        fetch: platform.fetch,
        allowUrl: allowedUrl(platform.page, settings.files),
        ...(settings.files !== undefined && { upload: { file: settings.files } }),
      }),
    },
  });
  const verification = new Verification(store);
  const alarms = new Alarms(store, platform.clock);
  const people = new People({ client, store, verification, alarms });
  const transfers = new Transfers((event) => host.tell(event));
  const tokens = new Tokens(store, platform.clock, getClient);
  const drafts = new Drafts(store, platform.clock);
  const views = new MessageViews(client, people);
  const stories = new GroupStories(client);
  const parts = {
    client,
    store,
    platform,
    config,
    settings,
    people,
    strangers,
    verification,
    alarms,
    tokens,
    drafts,
    views,
    stories,
  };
  const open: OpenSession = { ...parts, transfers, tell: (event) => host.tell(event) };
  for (const part of [strangers, verification, alarms, tokens]) await part.start();
  const stop = tellTidings(open, host);
  try {
    if (station === undefined) await client.goOffline();
    await client.start();
  } catch (error) {
    stop();
    await client.close();
    throw error;
  }
  void continueToJoin(open).catch((error: unknown) => {
    if (isDimError(error) && error.code === 'STORE_CLOSED') host.broke(failureOf(error));
  });
  return {
    open,
    get connection() {
      return connectionView(client.connection);
    },
    me: async (isSealed) => ({
      id: self.entity.toString(),
      name: (await people.view(self)).name || endOfId(self),
      terminal: self.terminal,
      devices: await devicesOf(store, self),
      isSealed,
      link: linkOf(platform.page, 'contact', self),
    }),
    connectNow: () => {
      if (station !== undefined) client.goOnline();
    },
    close: async () => {
      stop();
      transfers.end();
      await client.close();
    },
  };
}

function connectionView(state: ConnectionState): ConnectionView {
  if (state.is !== 'offline') return { is: state.is };
  const { retryAt, error } = state;
  return { is: 'offline', retryAt, failure: error === undefined ? undefined : failureOf(error) };
}
