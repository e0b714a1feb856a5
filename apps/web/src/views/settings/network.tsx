/** The station, the file service, and who is told that messages arrived. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink, usePage } from '../../page/context.ts';
import { useAction } from '../../page/use-action.ts';
import type { SettingsView } from '../../protocol/views.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field, OneOf } from '../parts/field.tsx';
import { attempt, say } from '../parts/toast.tsx';
import { addressIn } from './address.ts';
import { Section } from './section.tsx';

export function Network() {
  const { state } = usePage();
  const link = useLink();
  const { settings, connection } = state.value;
  const [station, setStation] = useState(settings.station ?? '');
  const [files, setFiles] = useState(settings.files ?? '');
  const [isTried, setTried] = useState(false);
  const isStationWrong = station.trim() !== '' && addressIn(station, 'wss:') === undefined;
  const areFilesWrong = files.trim() !== '' && addressIn(files, 'https:') === undefined;
  const change = useAction(async () =>
    link.call('changeSettings', { station: addressIn(station, 'wss:'), files: addressIn(files, 'https:') }),
  );
  const submit = async () => {
    setTried(true);
    if (!isStationWrong && !areFilesWrong && (await change.run())) say(t('saved'));
  };
  return (
    <Section title={t('network')}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field
          label={t('station')}
          hint={t('stationHint')}
          isExact
          value={station}
          onInput={setStation}
          wrong={isTried && isStationWrong ? t('stationWrong') : undefined}
        />
        {connection.is === 'offline' && <FailureNote failure={connection.failure} />}
        <Field
          label={t('fileService')}
          hint={t('fileServiceHint', { example: '{ID}' })}
          isExact
          value={files}
          onInput={setFiles}
          wrong={isTried && areFilesWrong ? t('fileServiceWrong') : undefined}
        />
        <FailureNote failure={change.failure} />
        <div class="buttons">
          <Button submits isBusy={change.isGoing}>
            {t('save')}
          </Button>
        </div>
      </form>
      <OneOf<SettingsView['receipts']>
        label={t('receipts')}
        options={[
          { value: 'all', label: t('receiptsAll') },
          { value: 'contacts', label: t('receiptsContacts') },
          { value: 'none', label: t('receiptsNone') },
        ]}
        value={settings.receipts}
        onChange={(receipts) => void attempt(() => link.call('changeSettings', { receipts }))}
      />
    </Section>
  );
}
