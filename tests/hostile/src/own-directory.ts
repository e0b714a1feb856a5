/** Where the cases of this repository are. */
import { join } from 'node:path';
import { VECTORS } from 'runner/case-files';

export const OWN_DIRECTORY: string = join(VECTORS, 'hostile');
