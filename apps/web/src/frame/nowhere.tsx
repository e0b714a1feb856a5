/** An address that leads nowhere: it says so, and leads back. */
import { t } from '../language/language.ts';
import { ButtonLink } from '../views/parts/button.tsx';
import { EmptyState } from '../views/parts/empty-state.tsx';
import { View } from '../views/parts/view.tsx';

export function Nowhere() {
  return (
    <View title={t('nowhere')}>
      <EmptyState icon="search" title={t('nowhereMeans')}>
        <ButtonLink to={{ at: 'list' }}>{t('toList')}</ButtonLink>
      </EmptyState>
    </View>
  );
}
