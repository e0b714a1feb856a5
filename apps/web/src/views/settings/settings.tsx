/** All that can be chosen, on one page. */
import { t } from '../../language/language.ts';
import { View } from '../parts/view.tsx';
import { About } from './about.tsx';
import { Devices } from './devices.tsx';
import { Looks } from './looks.tsx';
import { Network } from './network.tsx';
import { Safety } from './safety.tsx';
import { You } from './you.tsx';
import { YourData } from './your-data.tsx';

export function Settings() {
  return (
    <View title={t('settings')}>
      <You />
      <Looks />
      <Network />
      <Devices />
      <Safety />
      <YourData />
      <About />
    </View>
  );
}
