/** Somebody who is no contact wrote: who that says to be, and a yes or a no. */
import type { JSX } from 'preact';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { useAction } from '../../page/use-action.ts';
import type { PersonView } from '../../protocol/views.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { nameText } from '../parts/name.tsx';
import { plain } from '../parts/plain.ts';

export function RequestCard({
  person,
  isAlone = false,
}: {
  readonly person: PersonView;
  /** The one thing on a view, not one of a list. */
  readonly isAlone?: boolean;
}): JSX.Element {
  const Heading = isAlone ? 'h2' : 'h3';
  const link = useLink();
  const { id } = person;
  const accept = useAction(() => link.call('acceptRequest', { id }));
  const decline = useAction(() => link.call('declineRequest', { id }));
  const isBusy = accept.isGoing || decline.isGoing;
  return (
    <article class="request">
      <Heading>{person.isGroup ? t('requestGroupTitle') : t('requestTitle', { name: nameText(person) })}</Heading>
      <p class="small soft">{t('requestId')}</p>
      <p class="whole-id code">
        <bdi dir="ltr">{plain(id)}</bdi>
      </p>
      <p class="hint">{t('requestWarning')}</p>
      <p class="buttons">
        <Button kind="primary" isBusy={isBusy} onClick={() => accept.run()}>
          {t('accept')}
        </Button>
        <Button kind="danger" isBusy={isBusy} onClick={() => decline.run()}>
          {t('decline')}
        </Button>
      </p>
      <FailureNote failure={accept.failure ?? decline.failure} />
    </article>
  );
}
