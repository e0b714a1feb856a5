/** The page. */
import { render } from 'preact';
import { t } from './language/language.ts';

const root = document.getElementById('chat');
if (root !== null) render(<p>{t('starting')}</p>, root);
