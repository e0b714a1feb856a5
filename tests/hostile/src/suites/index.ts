/** Which suite runs which file. */
import type { CaseRunner } from '../judge.ts';
import { contents } from './contents.ts';
import { documents } from './documents.ts';
import { encoders } from './encoders.ts';
import { envelopes } from './envelopes.ts';
import { jsonPackets } from './json-packets.ts';
import { keyMaps, pemKeys } from './key-maps.ts';
import { messages } from './messages.ts';
import { metas } from './metas.ts';
import { addresses, base58, base64, dataUris, hex, ids } from './texts.ts';

export const SUITES: ReadonlyMap<string, CaseRunner> = new Map<string, CaseRunner>([
  ['hex', { suite: hex }],
  ['base58', { suite: base58 }],
  ['base64', { suite: base64 }],
  ['data-uris', { suite: dataUris }],
  ['addresses', { suite: addresses }],
  ['ids', { suite: ids }],
  ['pem-keys', { suite: pemKeys }],
  ['key-maps', { suite: keyMaps }],
  ['metas', { suite: metas }],
  ['documents', { suite: documents }],
  ['envelopes', { suite: envelopes }],
  ['contents', { suite: contents }],
  ['messages', { suite: messages }],
  ['json-packets', { suite: jsonPackets, isPackage: true }],
  ['encoders', { suite: encoders }],
]);
