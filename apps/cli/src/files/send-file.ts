/** `dim file send`. */
import { resolve } from 'node:path';
import { fileSource } from 'dimsdk/node';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { fileFailure } from '../input/file-failure.ts';
import { findPeer } from '../messages/find-peer.ts';
import { withClient, type ClientCallOptions } from '../messages/open-client.ts';
import { untilDelivery, waitOf, type WaitOptions } from '../messages/until-delivery.ts';
import { progressLine } from './progress-line.ts';

const KINDS = ['file', 'image', 'audio', 'video'] as const;

/** Encrypts a file, uploads it, and sends where it is. */
export async function sendFile(
  call: Call,
  { to, path }: { readonly to: string; readonly path: string },
  options: ClientCallOptions & WaitOptions & { readonly kind: string },
): Promise<Result> {
  const { context } = call;
  const wait = waitOf(options);
  const kind = KINDS.find((one) => one === options.kind);
  if (kind === undefined) throw wrong(`--kind must be ${KINDS.join(', ')}`);
  const source = await fileSource(resolve(context.folder, path)).catch((error: unknown) => {
    throw fileFailure(error, path);
  });
  return withClient(call, options, async (open) => {
    const receiver = await findPeer(open, to);
    const progress = progressLine(context);
    const content = await open.client.files
      .upload(source, { kind, signal: context.signal, onProgress: progress.show })
      .finally(() => progress.end());
    return untilDelivery(call, open, await open.client.send(content, receiver), wait);
  });
}
