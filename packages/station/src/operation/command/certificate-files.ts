/** The files with the certificate: read at the start, and again when a signal says so. */
import { isDimError } from 'dimp';
import { printable } from 'dimp/internal';
import type { Logger } from 'dimsdk';
import { certificateFault } from '../../listener/certificate-fault.ts';
import { readText } from '../identity/passphrase.ts';
import type { Certificate } from '../../listener/listen.ts';
import type { Settings } from '../options/options.ts';
import { wrong } from '../options/wrong.ts';
import type { RunningStation } from '../running-station.ts';

/** @returns undefined where none is wanted @throws DimError `USAGE_ARGUMENT` for files that cannot be read, or are not that */
export function readCertificate(settings: Settings): Certificate | undefined {
  const { 'tls-key': key, 'tls-cert': cert } = settings;
  if (key === undefined || cert === undefined) return undefined;
  const certificate = { key: readText(key, 'tls-key'), cert: readText(cert, 'tls-cert') };
  const fault = certificateFault(certificate);
  if (fault === undefined) return certificate;
  const { of, reason, cause, isOfAnother = false } = fault;
  const [keyFile, certFile] = [`tls-key ${printable(key)}`, `tls-cert ${printable(cert)}`];
  if (of === 'cert') throw wrong(`${certFile} ${reason}`, cause);
  throw wrong(`${keyFile} ${reason}${isOfAnother ? ` of ${certFile}` : ''}`, cause);
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
