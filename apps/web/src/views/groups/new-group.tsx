/** Makes a group: its name, and who is in it. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { go } from '../../page/route.ts';
import { useAction } from '../../page/use-action.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { View } from '../parts/view.tsx';
import { ChoosePeople } from './choose-people.tsx';

export const MAX_GROUP_NAME = 60;

export function NewGroup(): JSX.Element {
  const link = useLink();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // Asked twice for the same, there is one group: after a crash of the engine as well as after a second press.
  const asked = useRef<{ readonly of: string; readonly token: string } | undefined>(undefined);
  const found = useAction(async () => {
    const members = [...chosen];
    const of = JSON.stringify([name, members]);
    if (asked.current?.of !== of) asked.current = { of, token: crypto.randomUUID() };
    const { id } = await link.call('foundGroup', { name: name.trim(), members, token: asked.current.token });
    go({ at: 'talk', id });
  });
  const isReady = name.trim() !== '' && chosen.size > 0;
  return (
    <View title={t('newGroup')}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void found.run();
        }}
      >
        <Field label={t('groupName')} value={name} onInput={setName} maxLength={MAX_GROUP_NAME} />
        <ChoosePeople chosen={chosen} onChange={setChosen} />
        <FailureNote failure={found.failure} />
        <p class="buttons">
          <Button kind="primary" icon="group" submits isBusy={found.isGoing || !isReady}>
            {t('foundGroup')}
          </Button>
        </p>
      </form>
    </View>
  );
}
