/** The one place where a failure becomes a sentence. */
import type { Failure } from '../protocol/views.ts';
import { en } from './en/index.ts';
import { t, type TextName } from './language.ts';

/** By the code and the field that it is about, else by the code, else by what stands before its first `_`: `INPUT`, `STORE`. */
export function failureText({ code, path }: Pick<Failure, 'code' | 'path'>): string {
  const word = path?.startsWith('words[') === true ? Number.parseInt(path.slice('words['.length), 10) : Number.NaN;
  if (!Number.isNaN(word)) return t('failWord', { number: word + 1 });
  if (path === 'words') return t('failWords');
  const [family = ''] = code.split('_');
  const [field = ''] = (path ?? '').split(/[.[]/, 1);
  const name = [`fail_${code}_${field}`, `fail_${code}`, `fail_${family}`].find(isText) ?? 'fail_UNKNOWN';
  return t(name);
}

function isText(name: string): name is TextName {
  return Object.hasOwn(en, name);
}
