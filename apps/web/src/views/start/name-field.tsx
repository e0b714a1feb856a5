import { t } from '../../language/language.ts';
import { Field } from '../parts/field.tsx';

/** Longer ones are cut by others. */
export const LONGEST_NAME = 60;

/** How others see this person. */
export function NameField(props: {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly isTried: boolean;
}) {
  return (
    <Field
      label={t('yourName')}
      hint={t('yourNameHint')}
      value={props.value}
      onInput={props.onInput}
      autocomplete="nickname"
      maxLength={LONGEST_NAME}
      wrong={props.isTried && props.value.trim() === '' ? t('nameMissing') : undefined}
    />
  );
}
