/** A port that answers as a station's does, with a page and files, and a clock that is moved by hand. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger, type Logger } from 'dimsdk';
import { TestClock } from 'dimtestkit/network';
import { FileService } from '../../src/files/file-service.ts';
import { listen, memoryEngine, type Engine, type Listener, type ListenOptions } from '../../src/index.ts';
import { stationDim } from '../../src/operation/dim.ts';
import { answerWeb, type WebParts } from '../../src/web/answer-web.ts';
import { readPage } from '../../src/web/page-files.ts';
import { newFolder } from '../operation/folders.ts';

export const ID_TEXT = '0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b';
const dim = stationDim();

export interface WebStationOptions extends Partial<WebParts> {
  readonly totalBytes?: number;
  readonly fileBytes?: number;
  readonly daysKept?: number;
  readonly path?: string;
  readonly engine?: Engine;
  readonly clock?: TestClock;
  readonly logger?: Logger;
  readonly listen?: Partial<ListenOptions>;
}

export interface WebStation {
  readonly url: string;
  readonly listener: Listener;
  readonly files: FileService;
  readonly path: string;
  readonly engine: Engine;
  readonly clock: TestClock;
  close(): Promise<void>;
}

const endings: (() => Promise<void>)[] = [];

/** For `afterEach`. */
export async function closeWebStations(): Promise<void> {
  for (const end of endings.splice(0)) await end();
}

/** Writes a page into a folder. @returns the folder */
export function pageFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = newFolder();
  const all = { 'index.html': '<!doctype html><title>DIM</title>', ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export async function webStation(options: WebStationOptions = {}): Promise<WebStation> {
  const { path = join(newFolder(), 'files'), engine = memoryEngine(), logger = silentLogger } = options;
  const {
    clock = new TestClock({ start: 1_800_000_000 }),
    totalBytes = 2 ** 20,
    fileBytes = 2 ** 18,
    daysKept = 7,
  } = options;
  const files = await FileService.open({
    path,
    totalBytes,
    fileBytes,
    daysKept,
    records: engine.records,
    clock,
    logger,
  });
  const onRequest = answerWeb({
    id: dim.ID.parse(ID_TEXT),
    page: options.page ?? (await readPage(pageFolder())),
    files,
    publicUrl: undefined,
    proxies: new Set(),
    origins: new Set(),
    connect: [],
    mayUpload: (id) => dim.ID.tryParse(id) !== undefined,
    ...options,
  });
  const accept: ListenOptions['accept'] = () => ({
    receive: () => undefined,
    drained: () => undefined,
    ended: () => undefined,
  });
  const listener = await listen({ host: '127.0.0.1', port: 0, clock, accept, onRequest, logger, ...options.listen });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing ??= (async () => {
      await listener.close({ graceSeconds: 0 });
      await files.close();
    })();
    return closing;
  };
  endings.push(close);
  return { url: `http://127.0.0.1:${listener.port}`, listener, files, path, engine, clock, close };
}

export interface UploadAnswer {
  readonly code: number;
  readonly message: string;
  readonly url?: string;
  readonly filename?: string;
}

/** Uploads as clients do. */
export async function upload(
  { url }: Pick<WebStation, 'url'>,
  bytes: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<UploadAnswer> {
  const form = new FormData();
  form.append('file', new File([bytes], 'file.png', { type: 'application/octet-stream' }));
  const response = await fetch(`${url}/upload/${ID_TEXT}/file?md5=&salt=`, { method: 'POST', body: form, headers });
  return (await response.json()) as UploadAnswer;
}

/** Bytes that differ from each other, and from those of another seed. */
export function someBytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed * 7 + (index >> 8)) & 0xff);
}
