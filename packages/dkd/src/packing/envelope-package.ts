/**
 * The envelope in a package, read without the rest of it.
 *
 * Payload is skipped where it stands, and what is left is read as any other package. So there is one way to read a field.
 */
import { type JsonMap, type Limits } from 'mkm';
import { decodeUtf8, parseJsonMap } from 'mkm/extend';
import { outerMembers, type JsonMember } from 'mkm/internal';
import { packageArgument, readPackage } from './message-package.ts';
import { payloadNameOf, withoutPayload } from './payload-names.ts';
import { expandMessageNames } from './short-names.ts';

/** Below so many bytes it takes less time to read it all. */
const SMALL = 2048;

/**
 * Reads what a package has beside payload, as a map with long names. Of payload it says no more than where it ends.
 * @throws DimError `INPUT_LIMIT`, `INPUT_FORMAT`, `INPUT_CONFLICT`; `USAGE_ARGUMENT` when it is not bytes
 */
export function decodeEnvelopePackage(given: Uint8Array, limits: Limits): JsonMap {
  const bytes = packageArgument(given, limits);
  const members = bytes.length < SMALL ? undefined : outerMembers(bytes, limits);
  const kept = members && withoutPayloadIn(bytes, members);
  // What is wrong with it is said by whoever reads it all.
  if (kept === undefined) return withoutPayload(expandMessageNames(readPackage(bytes, limits)));
  return expandMessageNames(parseJsonMap(textOf(bytes, kept), limits));
}

/** A run of members, with what stands between them. */
interface Run {
  readonly start: number;
  end: number;
}

/** @returns undefined where payload has short names and long ones: they may contradict each other */
function withoutPayloadIn(bytes: Uint8Array, members: readonly JsonMember[]): readonly Run[] | undefined {
  const runs: Run[] = [];
  let run: Run | undefined;
  let hasShort = false;
  let hasLong = false;
  for (const member of members) {
    const payload = payloadNameOf(bytes, member);
    hasShort ||= payload === 'short';
    hasLong ||= payload === 'long';
    if (payload !== undefined) run = undefined;
    else if (run === undefined) runs.push((run = { start: member.nameStart - 1, end: member.end }));
    else run.end = member.end;
  }
  return hasShort && hasLong ? undefined : runs;
}

function textOf(bytes: Uint8Array, runs: readonly Run[]): string {
  return `{${runs.map(({ start, end }) => decodeUtf8(bytes.subarray(start, end))).join(',')}}`;
}
