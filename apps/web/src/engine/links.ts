/**
 * Links that people give each other: `#contact=ID` and `#group=ID` behind the address of a page. They have an ID and nothing else: a
 * name or a key in a link would be the claim of whoever wrote it, and a station has the true ones.
 */
import { DimError, type ID } from 'dimp';
import { dim } from './dim.ts';

export type LinkKind = 'contact' | 'group';

const MAX_LENGTH = 4096;

/** The link of somebody, or of a group. */
export function linkOf(page: string, kind: LinkKind, id: ID): string {
  return `${page}#${kind}=${encodeURIComponent(id.entity.toString())}`;
}

/**
 * The ID in a text: an ID, or a link of any page. What stands behind the ID in a link is left alone.
 * @throws DimError `INPUT_…` at `text`
 */
export function idIn(text: string, kind: LinkKind): ID {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) throw wrong('INPUT_LIMIT', `is longer than ${MAX_LENGTH} characters`);
  const at = trimmed.indexOf('#');
  const written = at === -1 ? trimmed : inHash(trimmed.slice(at + 1), kind);
  const id = dim.ID.tryParse(written)?.entity;
  if (id === undefined) throw wrong('INPUT_FORMAT', 'is neither an ID nor a link with one');
  const isRight = !id.isBroadcast && (kind === 'group' ? id.isGroup : id.isUser);
  if (!isRight) throw wrong('INPUT_CONFLICT', kind === 'group' ? 'is the ID of no group' : 'is the ID of no person');
  return id;
}

function inHash(hash: string, kind: LinkKind): string {
  const [first = ''] = hash.split('&');
  if (!first.startsWith(`${kind}=`)) throw wrong('INPUT_FORMAT', `is no link of a ${kind}`);
  try {
    return decodeURIComponent(first.slice(kind.length + 1));
  } catch {
    throw wrong('INPUT_FORMAT', 'is no link: a part of it is missing');
  }
}

function wrong(code: 'INPUT_FORMAT' | 'INPUT_CONFLICT' | 'INPUT_LIMIT', reason: string): DimError {
  return new DimError(code, reason, { path: 'text' });
}
