/** A new passphrase, twice; or none, once it was read what that means. */
import { t } from '../../language/language.ts';
import { Choice, PassphraseField } from '../parts/field.tsx';

export interface ChosenPassphrase {
  readonly first: string;
  readonly second: string;
  readonly isWithout: boolean;
}

export const NO_PASSPHRASE: ChosenPassphrase = { first: '', second: '', isWithout: false };

/** Shorter ones are guessed from a copy of the disk in no time. */
const SHORTEST = 8;

/** What is wrong with it, where it stands. */
export function wrongWith({ first, second, isWithout }: ChosenPassphrase): { first?: string; second?: string } {
  if (isWithout) return {};
  if (Array.from(first).length < SHORTEST) return { first: t('passphraseShort', { count: SHORTEST }) };
  return first.normalize('NFKC') === second.normalize('NFKC') ? {} : { second: t('passphraseDiffers') };
}

export function isFine(chosen: ChosenPassphrase): boolean {
  const { first, second } = wrongWith(chosen);
  return first === undefined && second === undefined;
}

/** The passphrase for the engine. */
export function passphraseOf({ first, isWithout }: ChosenPassphrase): string | undefined {
  return isWithout ? undefined : first;
}

export interface PassphraseChoiceProps {
  readonly chosen: ChosenPassphrase;
  readonly onChange: (chosen: ChosenPassphrase) => void;
  /** Whether it was tried to go on: only then is said what is wrong. */
  readonly isTried: boolean;
  /** Where there must be one. */
  readonly isNeeded?: boolean;
  readonly label?: string;
  readonly hint?: string;
}

export function PassphraseChoice({ chosen, onChange, isTried, isNeeded = false, label, hint }: PassphraseChoiceProps) {
  const wrong = isTried ? wrongWith(chosen) : {};
  return (
    <>
      {!chosen.isWithout && (
        <>
          <PassphraseField
            isNew
            label={label ?? t('passphrase')}
            hint={hint ?? t('passphraseHint')}
            value={chosen.first}
            wrong={wrong.first}
            onInput={(first) => onChange({ ...chosen, first })}
          />
          <PassphraseField
            isNew
            label={t('passphraseAgain')}
            value={chosen.second}
            wrong={wrong.second}
            onInput={(second) => onChange({ ...chosen, second })}
          />
        </>
      )}
      {!isNeeded && (
        <Choice
          label={t('withoutPassphrase')}
          hint={t('withoutPassphraseMeans')}
          isChosen={chosen.isWithout}
          onChange={(isWithout) => onChange({ ...chosen, isWithout })}
        />
      )}
    </>
  );
}
