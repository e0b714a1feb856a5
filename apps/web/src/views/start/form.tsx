/** A step of the beginning: a heading that takes the focus, a sentence, fields, and what goes on. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import type { Failure } from '../../protocol/views.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';

export interface FormProps {
  readonly title: string;
  readonly says: string;
  readonly children: ComponentChildren;
  readonly submit: string;
  readonly onSubmit: () => unknown;
  readonly onBack?: (() => void) | undefined;
  readonly isBusy?: boolean | undefined;
  readonly failure?: Failure | undefined;
  /** There is one field, and it explains itself: it takes the focus, not the heading. */
  readonly isShort?: boolean | undefined;
  /** Below all. */
  readonly footer?: ComponentChildren;
}

export function Form(props: FormProps) {
  const { title, says, children, submit, onSubmit, onBack, isBusy = false, failure, isShort = false, footer } = props;
  const form = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${t('appName')}`;
    const field = heading.current?.parentElement?.querySelector('input');
    (isShort ? field : heading.current)?.focus();
  }, [title]);
  useEffect(() => {
    // What was not right is where one goes on, also when the engine has said so.
    if (tries > 0 && !isBusy) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries, isBusy]);
  return (
    <main class="alone">
      <form
        ref={form}
        class="stack roomy"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTries(tries + 1);
          if (!isBusy) onSubmit();
        }}
      >
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p class="soft">{says}</p>
        {children}
        <FailureNote failure={failure} />
        <div class="buttons">
          <Button kind="primary" submits isBusy={isBusy}>
            {isBusy ? t('working') : submit}
          </Button>
          {onBack && <Button onClick={onBack}>{t('back')}</Button>}
        </div>
      </form>
      {footer}
    </main>
  );
}
