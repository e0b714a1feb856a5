/** `dimstation start`: a station from its first line to its last. */
import { existsSync } from 'node:fs';
import type { Logger } from 'dimsdk';
import { printable } from 'dimp/internal';
import { newToken } from '../admin/admin-token.ts';
import { adminPlace } from '../admin/admin-place.ts';
import type { StationState } from '../admin/health.ts';
import { adminRoutes, type AdminSubject } from '../admin/routes.ts';
import { serveAdmin, type AdminServer } from '../admin/serve-admin.ts';
import { stationDim } from '../dim.ts';
import { openDataFolder, type DataFolder } from '../identity/data-folder.ts';
import { identityVault } from '../identity/passphrase.ts';
import { replacePrivateFile } from '../identity/private-file.ts';
import { stationIdentity, type StationIdentity } from '../identity/station-identity.ts';
import { publicAddress, withVisaOf } from '../identity/station-visa.ts';
import { createLogger } from '../logs/logger.ts';
import { createMetrics } from '../metrics/metrics.ts';
import type { Configuration } from '../options/configure.ts';
import type { Settings } from '../options/options.ts';
import { pushSecret } from '../push-secret.ts';
import type { RunningStation, StationStart } from '../running-station.ts';
import { renewCertificate } from './certificate-files.ts';
import { checkFiles } from './check-files.ts';
import { EXIT, type CommandContext } from './command-context.ts';
import { StopSignal } from './stop-signal.ts';
import { ownVersion } from './version.ts';

/** Runs a station until a signal ends it. @returns the exit code */
export async function startCommand(context: CommandContext, { settings }: Configuration): Promise<number> {
  const tls = checkFiles(settings);
  const folder = openDataFolder(settings.data);
  const format = formatOf(settings, context);
  const logger = await createLogger({ level: settings['log-level'], format, output: context.stderr });
  const identity = await ownIdentity(folder, settings);
  if (!identity.isNew && !existsSync(folder.database))
    logger.warn('there is no database beside the identity: nothing is known, and nothing waits', {
      database: folder.database,
    });
  if (settings['push-url'] === undefined && pushSecret(settings) !== undefined)
    logger.warn('there is a secret for notifications, and no push-url: nobody is told');
  const state: StationState = { is: 'starting', station: undefined };
  const stop = new StopSignal(context);
  // On a terminal, the same signal says that this is closed: there it ends the process, as it does any other.
  const isOnTerminal = context.stderr.isTTY === true;
  const release = isOnTerminal ? undefined : context.onReload(() => reload({ state, settings, logger }));
  try {
    const run = await begin({ settings, folder, tls, logger, identity, state }, context);
    announce(run, context, format);
    await stop.asked;
    await end(run, stop);
    return EXIT.done;
  } finally {
    release?.();
    stop.release();
  }
}

/** While it starts, it reads them anyway. */
function reload({ state: { station }, settings, logger }: Pick<Parts, 'state' | 'settings' | 'logger'>): void {
  if (station !== undefined) renewCertificate(station, settings, logger);
}

interface Parts {
  readonly settings: Settings;
  readonly folder: DataFolder;
  readonly tls: StationStart['tls'];
  readonly logger: Logger;
  readonly identity: StationIdentity;
  readonly state: StationState;
}

interface Run extends Parts {
  readonly station: RunningStation;
  readonly admin: AdminServer | undefined;
}

async function begin(parts: Parts, { startStation }: CommandContext): Promise<Run> {
  const { settings, folder, tls, logger, state } = parts;
  const dim = stationDim();
  const metrics = createMetrics();
  const startedAt = Math.floor(Date.now() / 1000);
  const user = await withVisaOf(parts.identity.user, settings, startedAt);
  const token = newToken();
  const subject = { dim, id: user.id, version: ownVersion(), startedAt, state, metrics };
  const admin = await openAdmin(settings, token, subject, logger);
  try {
    const { database, files } = folder;
    const { meter } = metrics;
    const station = await startStation({ dim, identity: user, settings, database, files, tls, logger, meter });
    try {
      // One that is running already keeps its token, where this one cannot start beside it.
      if (admin !== undefined) await replacePrivateFile(folder.token, `${token}\n`);
    } catch (error) {
      await station.close(0);
      throw error;
    }
    state.station = station;
    state.is = 'running';
    return { ...parts, station, admin };
  } catch (error) {
    await admin?.close();
    throw error;
  }
}

async function openAdmin(
  settings: Settings,
  token: string,
  subject: AdminSubject,
  logger: Logger,
): Promise<AdminServer | undefined> {
  const place = adminPlace(settings);
  return place === undefined ? undefined : serveAdmin({ place, token, routes: adminRoutes(subject), logger });
}

async function ownIdentity(folder: DataFolder, settings: Settings): Promise<StationIdentity> {
  const vault = identityVault(settings);
  try {
    const { identity: path, database } = folder;
    return await stationIdentity({ dim: stationDim(), path, database, name: settings.name, vault });
  } finally {
    vault?.lock();
  }
}

function formatOf(settings: Settings, { stderr }: CommandContext): 'pretty' | 'json' {
  const format = settings['log-format'];
  if (format !== 'auto') return format;
  return stderr.isTTY === true ? 'pretty' : 'json';
}

/** Lines for people, or one for machines: where logs are read by programs, each line is JSON. */
function announce(run: Run, { stdout, stderr }: CommandContext, format: 'pretty' | 'json'): void {
  const { station, admin, folder, identity, logger, settings } = run;
  const { isNew, isSealed, user } = identity;
  const facts = { id: user.id.toString(), folder: folder.path, isNew, isSealed, admin: admin?.address };
  const isRead = format === 'pretty' && stderr.isTTY === true;
  // Who reads both has it from below.
  if (!isRead) logger.info('started', { ...facts, addresses: station.addresses.join(' '), chat: station.chat });
  if (!isSealed)
    logger.warn(
      'the identity is not sealed, and whoever can read its file can be this station: --passphrase-file, or DIM_STATION_PASSPHRASE, seals it',
    );
  if (format === 'json') return;
  const lines = [
    `The station ${user.id.toString()} is running${isNew ? ', for the first time' : ''}.`,
    `  clients  ${station.addresses.join('  ')}`,
    ...outsideOf(settings),
    ...(station.chat === undefined ? [] : [`  chat     ${station.chat}`]),
    `  data     ${folder.path}`,
    ...(admin === undefined ? [] : [`  admin    ${admin.address}`]),
    'Ctrl+C ends it; once more, at once.',
  ];
  stdout.write(`${lines.map((line) => printable(line, MAX_LINE)).join('\n')}\n`);
}

/** How clients of outside find it, where that is said. */
function outsideOf(settings: Settings): readonly string[] {
  if (settings['public-host'] === undefined && settings['public-port'] === undefined) return [];
  const { host = 'no host', port = 'no port' } = publicAddress(settings);
  return [`  outside  ${host}, port ${port}`];
}

const MAX_LINE = 2000;

async function end({ station, admin, state, logger, settings }: Run, stop: StopSignal): Promise<void> {
  const seconds = settings['grace-seconds'];
  state.is = 'draining';
  logger.info('draining', { signal: stop.name, seconds });
  try {
    await station.close(seconds);
  } finally {
    await admin?.close();
  }
  logger.info('stopped');
}
