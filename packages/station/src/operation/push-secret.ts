/** What a service that is told of messages knows the station by. */
import { printable } from 'dimp/internal';
import { MIN_SECRET_BYTES } from '../push/push-signature.ts';
import { firstLine } from './identity/passphrase.ts';
import type { Settings } from './options/options.ts';
import { wrong } from './options/wrong.ts';

/** @returns undefined where none is given, and none is needed @throws DimError `USAGE_ARGUMENT` */
export function pushSecret(settings: Settings): string | undefined {
  const { 'push-url': url, 'push-secret-file': file, 'push-secret': given } = settings;
  const secret = given ?? firstLine(file, 'push-secret-file', 'what the service knows it by');
  if (url !== undefined && secret === undefined)
    throw wrong('push-url needs push-secret-file, or DIM_STATION_PUSH_SECRET: else anybody could say what waits');
  if (file !== undefined && secret !== undefined && Buffer.byteLength(secret) < MIN_SECRET_BYTES)
    throw wrong(
      `push-secret-file must have ${MIN_SECRET_BYTES} bytes or more in its first line: that of ${printable(file)} is shorter`,
    );
  return secret;
}
