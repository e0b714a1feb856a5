/** The devices of this person. */
import { useState } from 'preact/hooks';
import { language, t } from '../../language/language.ts';
import { useMe } from '../../page/context.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { plain } from '../parts/plain.ts';
import { AddDevice } from './add-device.tsx';
import { Section } from './section.tsx';

export function Devices() {
  const { devices } = useMe();
  const [isAdding, setAdding] = useState(false);
  const dateText = (seconds: number) =>
    new Intl.DateTimeFormat(language.value, { dateStyle: 'medium' }).format(seconds * 1000);
  return (
    <Section title={t('devices')}>
      <ul class="rows">
        {devices.map(({ terminal, since, isThis }) => (
          <li class="row" key={terminal}>
            <Icon name="key" />
            <span class="stack tight">
              <bdi>{terminal === '' ? t('noTerminal') : plain(terminal)}</bdi>
              <span class="soft small">
                {[isThis && t('thisDevice'), since !== undefined && t('deviceSince', { date: dateText(since) })]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <div class="buttons">
        <Button icon="add" onClick={() => setAdding(true)}>
          {t('addDevice')}
        </Button>
      </div>
      {isAdding && <AddDevice onClose={() => setAdding(false)} />}
    </Section>
  );
}
