/** What files that options name must have in them. */
import type { Certificate } from '../../listener/listen.ts';
import { firstLine } from '../identity/passphrase.ts';
import type { Settings } from '../options/options.ts';
import { checkPage } from '../open-web.ts';
import { pushSecret } from '../push-secret.ts';
import { readCertificate } from './certificate-files.ts';

/**
 * Reads them as a start does.
 * @returns the certificate, where one is wanted
 * @throws DimError `USAGE_ARGUMENT`: one line with the option, the file, and what is wrong
 */
export function checkFiles(settings: Settings): Certificate | undefined {
  const certificate = readCertificate(settings);
  firstLine(settings['passphrase-file'], 'passphrase-file', 'a passphrase');
  pushSecret(settings);
  checkPage(settings);
  return certificate;
}
