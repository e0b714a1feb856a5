/**
 * Page content: a web page, by its address or with its text.
 *
 * `{ "type": "32", "sn", "time", "group"?, "URL" or "HTML", "title"?, "desc"?, "icon"?: PNF or TED,
 *    "mime_type"?, "encoding"?, "base"? }`
 * The text is also read from `html`. Some clients write `null` for what they have not.
 */
import {
  Content,
  ContentType,
  createContent,
  defineContent,
  DimError,
  type NetworkFile,
  type ContentDefinition,
  type ContentInit,
  type ContentReaders,
  type CreateContentOptions,
  type JsonMap,
} from 'dkd';
import { checkArguments, optionalTextOf } from 'dkd/extend';
import { isHttpUrl } from 'dkd/internal';
import { optionalPictureOf } from '../fields/picture.ts';

/** The parts of a new page; at least one of `url` and `html`. */
export interface PageParts {
  /** Where it is: `https:` or `http:`. */
  readonly url?: string;
  /** Its source text. */
  readonly html?: string;
  readonly title?: string;
  /** A short description. */
  readonly desc?: string;
  readonly icon?: NetworkFile;
  /** The media type of the source text: `text/html`. */
  readonly mimeType?: string;
  /** The character encoding of the source text: `utf8`. */
  readonly encoding?: string;
  /** The address that relative links in the source text start from. */
  readonly base?: string;
}

/** A web page. Nothing is ever fetched or run by reading one: it is the peer's text, show it with care. */
export class PageContent extends Content {
  readonly kind = 'page';
  /** Where it is; undefined when there is only the source text. */
  readonly url: string | undefined;
  /** Its source text, as the peer wrote it. */
  readonly html: string | undefined;
  readonly title: string | undefined;
  /** A short description. */
  readonly desc: string | undefined;
  readonly icon: NetworkFile | undefined;
  /** The media type of the source text. */
  readonly mimeType: string | undefined;
  /** The character encoding of the source text. */
  readonly encoding: string | undefined;
  /** The address that relative links in the source text start from. */
  readonly base: string | undefined;

  /** @throws DimError `INPUT_…` */
  constructor(init: ContentInit, readers?: Pick<ContentReaders, 'limits'>) {
    super(init);
    const fields = withoutNulls(init.fields);
    this.url = readAddress(fields, 'URL');
    this.html = readHtml(fields);
    this.title = optionalTextOf(fields, 'title');
    this.desc = optionalTextOf(fields, 'desc');
    this.icon = optionalPictureOf(fields, 'icon', readers);
    this.mimeType = optionalTextOf(fields, 'mime_type');
    this.encoding = optionalTextOf(fields, 'encoding');
    this.base = readAddress(fields, 'base');
    if (this.url === undefined && this.html === undefined) {
      throw new DimError('INPUT_MISSING', 'is required in a page without HTML', { path: 'URL' });
    }
  }

  /**
   * A new page.
   *
   * @example
   * ```ts
   * import { PageContent } from 'dimp';
   *
   * PageContent.create({ url: 'https://example.com/', title: 'An example' }).title; // An example
   * ```
   * @throws DimError `USAGE_ARGUMENT` for parts that no reader would take
   */
  static create(parts: PageParts, options: CreateContentOptions = {}): PageContent {
    return checkArguments(() => {
      const { url, html, title, desc, icon, mimeType, encoding, base } = parts;
      const own = { URL: url, HTML: html, title, desc, icon, mime_type: mimeType, encoding, base };
      return createContent(pageDefinition, own, options);
    });
  }
}

/** Reads pages. */
export const pageDefinition: ContentDefinition<PageContent> = /* @__PURE__ */ defineContent({
  type: ContentType.PAGE,
  kind: 'page',
  class: PageContent,
});

function withoutNulls(fields: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function readHtml(fields: JsonMap): string | undefined {
  const [html, lower] = [optionalTextOf(fields, 'HTML'), optionalTextOf(fields, 'html')];
  if (html !== undefined && lower !== undefined && html !== lower)
    throw new DimError('INPUT_CONFLICT', 'differs from HTML', { path: 'html' });
  return html ?? lower;
}

/** What some senders write where a page has no address: nothing, a blank page, or the text itself. */
const NO_ADDRESS = /^($|about:blank$|data:text\/html[,;])/i;

/** An address to open: a click on it must not run a script or open a file, so that there are only two schemes. */
function readAddress(fields: JsonMap, name: string): string | undefined {
  const address = optionalTextOf(fields, name);
  if (address === undefined || NO_ADDRESS.test(address)) return undefined;
  if (isHttpUrl(address)) return address;
  throw new DimError('INPUT_FORMAT', 'must be an http or https URL', { path: name });
}
