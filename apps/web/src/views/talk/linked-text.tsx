/** A text of a peer, with its links: text nodes alone, each link a place that is shown whole. */
import type { JSX } from 'preact';
import { t } from '../../language/language.ts';
import { linkOf, linksIn, type Piece } from './links.ts';
import { oneLine } from '../parts/shown-text.ts';

/** Marks above each other are cut: they grow over what stands around them. */
const MARKS = /(\p{M}{8})\p{M}{1,1000}/gu;

/** What turns the letters after it around, whatever they are: no writing needs it, and `gnp.exe` reads as a picture with it. */
const OVERRIDES = /[\u202d\u202e]/g;

export function LinkedText({ text, tabIndex }: { readonly text: string; readonly tabIndex: number }): JSX.Element {
  return (
    <div class="said-text" dir="auto">
      {linksIn(text.replace(OVERRIDES, '').replace(MARKS, '$1')).map((piece, index) =>
        piece.is === 'text' ? piece.text : <Link key={index} link={piece} tabIndex={tabIndex} />,
      )}
    </div>
  );
}

export function Link({
  link: { text, href, host },
  tabIndex,
}: {
  readonly link: Piece & { readonly is: 'link' };
  readonly tabIndex: number;
}): JSX.Element {
  return (
    <>
      <a href={href} rel="noopener noreferrer" target="_blank" tabIndex={tabIndex}>
        <bdi dir="ltr">{text}</bdi>
      </a>
      {host !== undefined && (
        <>
          {' '}
          <bdi class="link-host">({t('leadsTo', { host })})</bdi>
        </>
      )}
    </>
  );
}

/** What somebody shares as a page: its title is what they say of it, so where it leads stands there as well. */
export function SharedLink({
  title,
  url,
  tabIndex,
}: {
  readonly title: string;
  readonly url: string;
  readonly tabIndex: number;
}): JSX.Element {
  const link = linkOf(url);
  return (
    <div class="card">
      <strong>
        <bdi dir="auto">{oneLine(title, 200)}</bdi>
      </strong>
      {link === undefined ? (
        <p>{t('linkNotSafe', { url: oneLine(url, 500) })}</p>
      ) : (
        <p>
          <Link link={link} tabIndex={tabIndex} />
        </p>
      )}
    </div>
  );
}
