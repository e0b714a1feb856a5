/** The name that others see. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink, useMe } from '../../page/context.ts';
import { useAction } from '../../page/use-action.ts';
import { Button, ButtonLink } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { say } from '../parts/toast.tsx';
import { NameField } from '../start/name-field.tsx';
import { Section } from './section.tsx';

export function You() {
  const me = useMe();
  const link = useLink();
  const [name, setName] = useState(me.name);
  const rename = useAction(async () => link.call('rename', { name: name.trim() }));
  const submit = async () => {
    if (name.trim() !== '' && (await rename.run())) say(t('saved'));
  };
  return (
    <Section title={t('you')}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <NameField value={name} onInput={setName} isTried />
        <FailureNote failure={rename.failure} />
        <div class="buttons">
          <Button submits isBusy={rename.isGoing}>
            {t('save')}
          </Button>
          <ButtonLink to={{ at: 'me' }} icon="qr" kind="quiet">
            {t('ownCard')}
          </ButtonLink>
        </div>
      </form>
    </Section>
  );
}
