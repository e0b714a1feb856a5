/** Defining handlers: typed by the kind of content that they are for. */
import { DimError, type Awaitable, type Content, type DimContent } from 'dimp';
import type { HandlerDefinition, Reaction, Received } from '../ports/handler.ts';

/** The contents that every context knows. */
type StandardContent = DimContent<readonly []>;

/** How a handler runs. */
export interface HandlerOptions {
  /** See {@link HandlerDefinition.isExclusive}; false, if not given. */
  readonly isExclusive?: boolean | undefined;
}

/**
 * Defines what is done with contents of one kind. Give it to `createClient`, alone or in a plugin beside the content.
 *
 * @example
 * ```ts
 * import { TextContent } from 'dimp';
 * import { defineHandler } from 'dimsdk';
 *
 * const echo = defineHandler('text', ({ content }) => ({ replies: [TextContent.create(content.text)] }));
 * ```
 * For a content of one's own, the type of what is received says which: `({ content }: Received<ChessContent>) => …`.
 * @throws DimError `USAGE_ARGUMENT` for what is no kind or no function
 */
export function defineHandler<K extends StandardContent['kind']>(
  kind: K,
  handle: (
    received: Received<Extract<StandardContent, { readonly kind: K }>>,
  ) => Awaitable<Reaction | undefined | void>,
  options?: HandlerOptions,
): HandlerDefinition;
/** The same for a content of one's own: the type of what is received says which. */
export function defineHandler<C extends Content>(
  kind: C['kind'],
  handle: (received: Received<C>) => Awaitable<Reaction | undefined | void>,
  options?: HandlerOptions,
): HandlerDefinition;
export function defineHandler(
  kind: string,
  handle: (received: Received<never>) => Awaitable<Reaction | undefined | void>,
  { isExclusive = false }: HandlerOptions = {},
): HandlerDefinition {
  if (typeof kind !== 'string' || kind === '') throw new DimError('USAGE_ARGUMENT', 'must be a kind', { path: 'kind' });
  if (typeof handle !== 'function') throw new DimError('USAGE_ARGUMENT', 'must be a function', { path: 'handle' });
  return Object.freeze<HandlerDefinition>({
    defines: 'handler',
    kind,
    isExclusive,
    // Contents of this kind alone come to it.
    handle: async (received) => (await handle(received as Received<never>)) ?? undefined,
  });
}
