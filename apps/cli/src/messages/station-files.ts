/** The file service of a station itself, for homes that have chosen no other. */
import { DimError, type JsonMap } from 'dimp';
import { fieldOf, parseJsonMap } from 'dimp/extend';
import { httpFileService, type FileService } from 'dimsdk';
import { readShortText } from 'dimsdk/internal';
import { wrong } from '../command/wrong.ts';
import { withDeadline } from '../input/deadline.ts';
import type { StationPlace } from '../station/station-address.ts';

/** Stations that answer no HTTP keep still when they are asked by it. */
const PATIENCE = 5;
/** What a station takes, it says itself. */
const MOST = 4 * 2 ** 30;

/** Where a station answers HTTP, if it does. */
export function stationUrl({ address: { host, port, secure = false, path = '/' } }: StationPlace): URL {
  const place = host.includes(':') ? `[${host}]` : host;
  const [folder = '/'] = path.split('?', 1);
  return new URL(folder.endsWith('/') ? folder : `${folder}/`, `${secure ? 'https' : 'http'}://${place}:${port}/`);
}

/** Asks the station for its service with each upload: it may have one tomorrow. */
export function stationFiles(station: URL, allowUrl: (url: URL) => boolean): FileService {
  const limits = { file: { size: MOST }, avatar: { size: MOST } };
  const others = httpFileService({ allowUrl });
  return {
    limits,
    download: (url, request) => others.download(url, request),
    upload: async (data, request) => {
      const file = await uploadAddress(station, request.signal);
      return httpFileService({ upload: { file }, limits, allowUrl }).upload(data, request);
    },
  };
}

/** @throws DimError `USAGE_ARGUMENT` where the station has no service, `CONNECTION_FAILED` where it does not answer */
async function uploadAddress(station: URL, signal: AbortSignal): Promise<string> {
  const config = await ask(new URL('config.json', station), signal);
  const files = config && fieldOf(config, 'files');
  if (typeof files !== 'string' || !URL.canParse(files, station))
    throw wrong(
      'a file needs a service that keeps it, and this station has none: say which with --files URL, or choose one with `dim file use URL`',
    );
  const url = new URL(files, station);
  // Whoever answers in the place of a station sends nobody elsewhere.
  if (url.origin !== station.origin)
    throw wrong('the station names a file service that is not its own: say it with --files URL');
  return url.href.replaceAll('%7B', '{').replaceAll('%7D', '}');
}

/** @returns undefined for what is no configuration */
async function ask(url: URL, signal: AbortSignal): Promise<JsonMap | undefined> {
  try {
    return await withDeadline(signal, PATIENCE, async (over) => {
      const response = await fetch(url, { redirect: 'error', credentials: 'omit', signal: over });
      const text = await readShortText(response);
      return response.ok ? parseJsonMap(text) : undefined;
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DimError) return undefined;
    throw new DimError('CONNECTION_FAILED', `the station does not say at ${url.origin} whether it keeps files`, {
      cause: error,
    });
  }
}
