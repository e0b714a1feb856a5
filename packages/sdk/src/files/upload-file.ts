/** Uploading what is ready: as often as it takes. */
import type { FileService, UploadedFile, UploadRequest } from '../ports/file-service.ts';
import { linkAbort } from './linked-abort.ts';
import { PhaseProgress, type OnFileProgress } from './progress.ts';
import { Attempts, isOverInTime, LEAST_PROGRESS, stalled, type TransferRules } from './transfer-rules.ts';

/** What to upload with, and how. */
export interface UploadBlobOptions extends Pick<UploadRequest, 'purpose' | 'name' | 'sender' | 'signal'> {
  readonly service: FileService;
  readonly rules: TransferRules;
  readonly onProgress?: OnFileProgress | undefined;
}

/** Bytes each second that any connection should do, where nobody tells how far it is. */
const LEAST_PACE = 16 * 1024;

/** Bytes that may be on their way when the last ones were handed over. */
const MAX_IN_FLIGHT = 4 * 1024 * 1024;

/**
 * Uploads bytes; where an attempt fails, all of them again. A service that has them already takes them for the same file.
 *
 * @throws DimError `FILE_TRANSFER` after the last attempt, `FILE_REFUSED`; the signal's reason
 */
export async function uploadBlob(data: Blob, options: UploadBlobOptions): Promise<UploadedFile> {
  const { rules, signal, onProgress } = options;
  const attempts = new Attempts(rules, signal);
  const progress = new PhaseProgress('sending', data.size, onProgress);
  progress.reach(0);
  for (;;) {
    try {
      const uploaded = await attempt(data, options, progress);
      progress.finish(data.size);
      return uploaded;
    } catch (error) {
      await attempts.afterFailure(error);
    }
  }
}

async function attempt(data: Blob, options: UploadBlobOptions, progress: PhaseProgress): Promise<UploadedFile> {
  const { service, rules, signal, purpose, name, sender } = options;
  const ownAbort = linkAbort(signal);
  let sent = 0;
  function onSent(bytes: number): void {
    if (!(bytes > sent)) return;
    sent = bytes;
    try {
      // It is not there before the service says so.
      progress.reach(Math.min(bytes, data.size - 1));
    } catch (error) {
      // Where a platform reads a file, nobody would hear of it.
      ownAbort.abort(error);
    }
  }
  try {
    const upload = service.upload(data, { purpose, name, sender, signal: ownAbort.signal, onSent });
    await whileItMoves(upload, { rules, signal, size: data.size, sent: () => sent });
    return await upload;
  } finally {
    ownAbort.abort();
    ownAbort.release();
  }
}

/** What {@link whileItMoves} looks at. */
interface Movement {
  readonly rules: TransferRules;
  readonly signal: AbortSignal;
  readonly size: number;
  readonly sent: () => number;
}

/**
 * Waits for something for as long as bytes go out.
 * @throws DimError `FILE_TRANSFER`; the signal's reason
 */
async function whileItMoves(work: Promise<unknown>, { rules, signal, size, sent }: Movement): Promise<void> {
  let mark = 0;
  let still = 0;
  while (!(await isOverInTime(rules.clock, rules.patience, signal, work))) {
    const moved = sent() - mark;
    still = moved >= Math.min(LEAST_PROGRESS, size - mark) && moved > 0 ? 0 : still + rules.patience;
    if (still >= patienceFor(rules, size, sent())) throw stalled(rules);
    if (still === 0) mark = sent();
  }
}

function patienceFor({ patience }: TransferRules, size: number, sent: number): number {
  // Some platforms tell nothing, and all of them nothing of what lies in their buffers.
  if (sent === 0) return patience + size / LEAST_PACE;
  return sent < size ? patience : patience + Math.min(size, MAX_IN_FLIGHT) / LEAST_PACE;
}
