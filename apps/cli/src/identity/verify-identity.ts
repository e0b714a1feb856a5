/** `dim id verify`. */
import type { Call, Result } from '../command/call.ts';
import { dim } from '../home/dim.ts';
import {
  checkDocument,
  checkFingerprint,
  checkId,
  checkMatch,
  checkMeta,
  soundOwner,
} from '../documents/check-parts.ts';
import { readParts, type Parts } from '../documents/read-parts.ts';
import { Steps } from '../documents/steps.ts';

/** Says step by step what holds of an identity. */
export async function verifyIdentity(call: Call, source: string): Promise<Result> {
  const parts = await readParts(call, source);
  const steps = new Steps();
  const id = await checkId(steps, parts.id ?? idInDocuments(parts));
  // A word has no meta; and what is no ID, nothing is known of.
  if (id?.isBroadcast === true || (id === undefined && parts.meta === undefined)) return steps.result(id?.toString());
  const meta = await checkMeta(steps, parts.meta);
  if (meta !== undefined) {
    if (id !== undefined) await checkMatch(steps, meta, id.entity);
    await checkFingerprint(steps, meta);
  }
  const owner = await soundOwner(id?.entity, meta);
  for (const document of parts.documents) await checkDocument(steps, document, owner);
  return steps.result(id?.toString());
}

/** A list of documents says whose they are; a meta alone does not. */
function idInDocuments({ documents: [first] }: Parts): string | undefined {
  return first === undefined ? undefined : dim.Document.tryParse(first)?.did.entity.toString();
}
