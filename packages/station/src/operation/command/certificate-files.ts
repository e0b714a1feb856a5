/** The files with the certificate: read at the start, and again when a signal says so. */
import { isDimError } from 'dimp';
import type { Logger } from 'dimsdk';
import { readText } from '../identity/passphrase.ts';
import type { Certificate } from '../../listener/listen.ts';
import type { Settings } from '../options/options.ts';
import type { RunningStation } from '../running-station.ts';

/** @returns undefined where none is wanted @throws DimError `USAGE_ARGUMENT` for files that cannot be read */
export function readCertificate(settings: Settings): Certificate | undefined {
  const { 'tls-key': key, 'tls-cert': cert } = settings;
  if (key === undefined || cert === undefined) return undefined;
  return { key: readText(key, 'tls-key'), cert: readText(cert, 'tls-cert') };
}

/** Reads it again. Nobody is disconnected: where it is none, the one before stays. */
export function renewCertificate(
  station: Pick<RunningStation, 'useCertificate'>,
  settings: Settings,
  logger: Logger,
): void {
  try {
    const certificate = readCertificate(settings);
    if (certificate === undefined) return logger.info('there is no certificate to read again');
    station.useCertificate(certificate);
    logger.info('the certificate was read again');
  } catch (error) {
    const reason = isDimError(error) ? `${error.path} ${error.reason}`.trim() : String(error);
    logger.error('the certificate could not be read again: the one before stays', { reason });
  }
}
