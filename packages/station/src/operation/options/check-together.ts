/** What no option shows alone. */
import { TOTAL_BYTES } from '../../files/file-room.ts';
import { OUTGOING_PAYLOADS } from '../../link/listener-limits.ts';
import { stationDim } from '../dim.ts';
import { showBytes } from './kinds.ts';
import { variableOf, type Settings } from './options.ts';
import { wrong } from './wrong.ts';

/** @throws DimError `USAGE_ARGUMENT` */
export function checkTogether(settings: Settings): void {
  if ((settings['tls-key'] === undefined) !== (settings['tls-cert'] === undefined))
    throw wrong('tls-key and tls-cert must be given together');
  checkOneOf(settings, 'passphrase', 'passphrase-file');
  checkOneOf(settings, 'push-secret', 'push-secret-file');
  if (
    settings['admin-port'] !== 0 &&
    settings['admin-port'] === settings.port &&
    settings['admin-socket'] === undefined
  )
    throw wrong(`admin-port must be another one than port, which is ${settings.port} too`);
  checkBytes(settings);
  checkFiles(settings);
  checkNeighbors(settings);
}

function checkOneOf(settings: Settings, secret: 'passphrase' | 'push-secret', file: keyof Settings): void {
  if (settings[secret] !== undefined && settings[file] !== undefined)
    throw wrong(`${variableOf(secret)} and ${file} must not be given together`);
}

function checkBytes({ 'payload-bytes': payload, 'outgoing-bytes': outgoing }: Settings): void {
  const least = OUTGOING_PAYLOADS * payload;
  if (outgoing < least)
    throw wrong(
      `outgoing-bytes must be ${OUTGOING_PAYLOADS} times payload-bytes, or more: ` +
        `${showBytes(least)} for messages of ${showBytes(payload)}`,
    );
}

function checkFiles({ web, 'files-total-bytes': given, 'file-bytes': most }: Settings): void {
  const total = given ?? (web === undefined ? 0 : TOTAL_BYTES);
  if (total > 0 && total < most)
    throw wrong(`files-total-bytes must be 0, or file-bytes or more, which is ${showBytes(most)}`);
}

function checkNeighbors({ neighbors }: Settings): void {
  const known = new Set<string>();
  for (const { id } of neighbors) {
    const { entityKey } = stationDim().ID.parse(id);
    if (known.has(entityKey)) throw wrong(`neighbors must name each station once: ${id} stands there twice`);
    known.add(entityKey);
  }
}
