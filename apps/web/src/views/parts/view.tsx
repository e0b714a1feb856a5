/** A view of its own: its heading takes the focus when it opens, so that screen readers say where one is. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { hashOf, hasMoved, type Route } from '../../page/route.ts';
import { Icon } from './icon.tsx';

export interface ViewProps {
  /** Of the window, and of the heading unless `heading` is there. */
  readonly title: string;
  readonly heading?: ComponentChildren;
  /** Where "back" leads; the list, if nothing is said. */
  readonly back?: Route | undefined;
  /** Behind the heading. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  /** Without the frame of a form: the view has its own way to scroll. */
  readonly isFull?: boolean | undefined;
}

export function View({ title, heading, back = { at: 'list' }, actions, children, isFull = false }: ViewProps) {
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${t('appName')}`;
  }, [title]);
  useEffect(() => {
    // The first view of a page leaves the focus where the browser begins.
    if (hasMoved()) top.current?.focus();
  }, []);
  return (
    <div class="view">
      <header class="bar">
        <a class="button icon quiet" href={hashOf(back)} aria-label={t('back')} title={t('back')}>
          <Icon name="back" />
        </a>
        <h1 ref={top} tabIndex={-1}>
          {heading ?? title}
        </h1>
        {actions}
      </header>
      {isFull ? children : <div class="page-view stack">{children}</div>}
    </div>
  );
}
