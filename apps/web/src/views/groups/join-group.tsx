/** What a link to a group leads to: a question first, as a link may come from anybody. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { useAction } from '../../page/use-action.ts';
import type { PersonView } from '../../protocol/views.ts';
import { Button, ButtonLink } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Name } from '../parts/name.tsx';
import { View } from '../parts/view.tsx';
import { oneLine } from '../parts/shown-text.ts';

export function JoinGroup({ text }: { readonly text: string }): JSX.Element {
  const link = useLink();
  const [group, setGroup] = useState<PersonView | undefined>(undefined);
  const join = useAction(async () => setGroup(await link.call('joinGroup', { text })));
  return (
    <View title={t('joinGroup')}>
      <p>{t('joinQuestion')}</p>
      <p class="whole-id code">
        <bdi dir="ltr">{oneLine(text, 500)}</bdi>
      </p>
      {group !== undefined && (
        <div class="notice" role="status">
          <p>
            <Name person={group} isWhole /> {t('joinAsked')}
          </p>
        </div>
      )}
      <FailureNote failure={join.failure} />
      <p class="buttons">
        {group === undefined && (
          <Button kind="primary" isBusy={join.isGoing} onClick={() => join.run()}>
            {t('joinAsk')}
          </Button>
        )}
        {group !== undefined && <ButtonLink to={{ at: 'talk', id: group.id }}>{t('openTalk')}</ButtonLink>}
        <ButtonLink to={{ at: 'list' }}>{t(group === undefined ? 'cancel' : 'done')}</ButtonLink>
      </p>
    </View>
  );
}
