/** What this is, for those who report something. */
import { t } from '../../language/language.ts';
import { useMe } from '../../page/context.ts';
import { Section } from './section.tsx';

/** The versions that the page was built from. */
declare const DIM_VERSIONS: Readonly<Record<string, string>>;

export function About() {
  const { id } = useMe();
  return (
    <Section title={t('about')}>
      <dl class="pairs">
        {Object.entries(DIM_VERSIONS).map(([name, version]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="code">{version}</dd>
          </div>
        ))}
      </dl>
      <p class="id">{id}</p>
    </Section>
  );
}
