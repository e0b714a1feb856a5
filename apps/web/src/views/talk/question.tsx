/** A question with yes and no; nothing is done before the answer. */
import type { JSX } from 'preact';
import { t } from '../../language/language.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';

export interface QuestionParts {
  readonly text: string;
  /** What happens then, where that needs more words. */
  readonly note?: string | undefined;
  /** What is done, in its own words. */
  readonly yes: string;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

export function Question({ text, note, yes, onYes, onClose }: QuestionParts): JSX.Element {
  return (
    <Dialog title={text} onClose={onClose}>
      {note !== undefined && <p>{note}</p>}
      <p class="buttons">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          kind="danger"
          onClick={() => {
            onClose();
            onYes();
          }}
        >
          {yes}
        </Button>
      </p>
    </Dialog>
  );
}
