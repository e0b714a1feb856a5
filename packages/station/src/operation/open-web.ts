/** What a station answers by HTTP at the port for clients: a chat for browsers, and files. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { printable } from 'dimp/internal';
import { systemClock } from 'dimsdk';
import { TOTAL_BYTES } from '../files/file-room.ts';
import { FileService } from '../files/file-service.ts';
import { plainAddress } from '../link/networks.ts';
import type { AnswerRequest } from '../listener/http-side.ts';
import type { Engine } from '../ports/engine.ts';
import type { Station } from '../station/create-station.ts';
import { answerWeb } from '../web/answer-web.ts';
import { INDEX, readPage, type PageFiles } from '../web/page-files.ts';
import { hostInUrl } from './identity/station-visa.ts';
import type { Settings } from './options/options.ts';
import { wrong } from './options/wrong.ts';
import type { StationCounts, StationStart } from './running-station.ts';

/** What answers. */
export interface Web {
  readonly onRequest: AnswerRequest;
  /** Where a browser of this machine finds the chat, or one of elsewhere, if the operator says where that is. */
  chatAt(listener: { readonly host: string; readonly port: number }): string | undefined;
  /** What is kept. */
  files(): StationCounts['files'];
  /** Once the port is closed. */
  close(): Promise<void>;
}

/** What it is opened with. */
export interface WebStart extends StationStart {
  readonly page: PageFiles | undefined;
  readonly engine: Engine;
  readonly station: Pick<Station, 'isBlocked'>;
}

/** @returns undefined where neither a chat nor files are wanted @throws DimError `STORE_…` */
export async function openWeb(start: WebStart): Promise<Web | undefined> {
  const { page, settings, dim, identity, station, tls } = start;
  const files = await filesOf(start);
  if (page === undefined && files === undefined) return undefined;
  const { 'public-url': publicUrl } = settings;
  return {
    onRequest: answerWeb({
      id: identity.id,
      page,
      files,
      publicUrl,
      proxies: new Set(settings.proxies.map(plainAddress)),
      origins: new Set(settings['upload-origins']),
      connect: settings['web-connect'],
      mayUpload: (text) => {
        const id = dim.ID.tryParse(text);
        return id?.isUser === true && !id.isBroadcast && !station.isBlocked(id);
      },
    }),
    chatAt: ({ host, port }) => {
      if (page === undefined) return undefined;
      return publicUrl ?? `${tls === undefined ? 'http' : 'https'}://${hostInUrl(reachable(host))}:${port}/`;
    },
    files: () => files?.kept ?? { files: 0, bytes: 0 },
    close: async () => files?.close(),
  };
}

async function filesOf({ settings, files, engine, logger }: WebStart): Promise<FileService | undefined> {
  const { web, 'files-total-bytes': totalBytes = web === undefined ? 0 : TOTAL_BYTES } = settings;
  if (totalBytes === 0) return undefined;
  return FileService.open({
    path: files,
    totalBytes,
    fileBytes: settings['file-bytes'],
    daysKept: settings['keep-days'],
    records: engine.records,
    clock: systemClock,
    logger,
  });
}

/** @throws DimError `USAGE_ARGUMENT` for a folder without a page */
export async function pageOf({ web }: Settings): Promise<PageFiles | undefined> {
  return web === undefined ? undefined : readPage(web);
}

/** The same, for whoever starts nothing. */
export function checkPage({ web }: Settings): void {
  if (web === undefined || statSync(join(web, INDEX), { throwIfNoEntry: false })?.isFile() === true) return;
  throw wrong(`web must be a folder with a page: ${printable(web)} has no ${INDEX}`);
}

/** Of all addresses of a machine, the one that always leads to it from itself. */
function reachable(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}
