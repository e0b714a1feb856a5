/** What can be typed and chosen, with its label, what it is for, and what is wrong with it. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { Button } from './button.tsx';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: string | undefined;
  /** What is wrong with it: said at once to screen readers. */
  readonly wrong?: string | undefined;
  readonly autocomplete?: string | undefined;
  readonly isLong?: boolean | undefined;
  /** IDs, words and addresses are never corrected. */
  readonly isExact?: boolean | undefined;
  readonly maxLength?: number | undefined;
  readonly placeholder?: string | undefined;
  readonly type?: 'text' | 'password' | 'search' | undefined;
  readonly children?: ComponentChildren;
}

export function Field(props: FieldProps) {
  const { label, value, onInput, hint, wrong, isLong = false, isExact = false, type = 'text', children } = props;
  const id = useId();
  const shared = {
    id,
    class: 'input',
    value,
    maxLength: props.maxLength,
    placeholder: props.placeholder,
    autocomplete: props.autocomplete ?? 'off',
    dir: 'auto' as const,
    spellcheck: !isExact,
    autocapitalize: isExact ? ('none' as const) : undefined,
    'aria-invalid': wrong !== undefined,
    'aria-describedby': [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ') || undefined,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => onInput(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div class="beside">
        {isLong ? <textarea {...shared} /> : <input {...shared} type={type} />}
        {children}
      </div>
      {wrong && (
        <p class="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}

export type PassphraseFieldProps = Omit<FieldProps, 'type' | 'isLong' | 'isExact' | 'children' | 'autocomplete'> & {
  readonly isNew?: boolean | undefined;
};

/** Hidden, unless the person wants to see it. */
export function PassphraseField({ isNew = false, ...props }: PassphraseFieldProps) {
  const [isShown, setShown] = useState(false);
  return (
    <Field
      {...props}
      isExact
      type={isShown ? 'text' : 'password'}
      autocomplete={isNew ? 'new-password' : 'current-password'}
    >
      <Button onClick={() => setShown(!isShown)}>
        {isShown ? t('hide') : t('show')} <span class="unseen">{props.label}</span>
      </Button>
    </Field>
  );
}

export interface ChoiceProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
}

/** Yes or no. */
export function Choice({ label, hint, isChosen, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div class="choice">
      <input
        type="checkbox"
        id={id}
        checked={isChosen}
        aria-describedby={hint && `${id}-hint`}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span class="stack tight">
        <label for={id}>{label}</label>
        {hint && (
          <span class="hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </span>
    </div>
  );
}

export interface OneOfProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly lang?: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of some. */
export function OneOf<T extends string>({ label, options, value, onChange }: OneOfProps<T>) {
  const name = useId();
  return (
    <fieldset>
      <legend class="legend">{label}</legend>
      {options.map((option) => (
        <label class="choice" key={option.value} lang={option.lang}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
