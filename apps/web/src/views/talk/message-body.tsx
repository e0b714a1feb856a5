/** What a message says, by its kind. */
import type { JSX } from 'preact';
import { t } from '../../language/language.ts';
import type { Page } from '../../page/page.ts';
import { hashOf } from '../../page/route.ts';
import type { MessageView } from '../../protocol/views.ts';
import { FileCard } from './file-card.tsx';
import { LinkedText, SharedLink } from './linked-text.tsx';
import { Name, nameText } from '../parts/name.tsx';
import { saidIn } from './said.ts';

interface BodyParts {
  readonly page: Page;
  readonly message: MessageView;
  /** Of what can be reached by the keyboard in it: only in the message that has the focus. */
  readonly tabIndex: number;
}

export function MessageBody({ page, message, tabIndex }: BodyParts): JSX.Element {
  const { says } = message;
  switch (says.is) {
    case 'text':
      return (
        <>
          <LinkedText text={says.text} tabIndex={tabIndex} />
          {says.isCut === true && <p class="hint">{t('textIsCut', { save: t('exportConversation') })}</p>}
        </>
      );
    case 'file':
      return <FileCard page={page} message={message} file={says} tabIndex={tabIndex} />;
    case 'link':
      return <SharedLink title={says.title} url={says.url} tabIndex={tabIndex} />;
    case 'card':
      return (
        <div class="card">
          <strong>{t('nameCard')}</strong>
          <p>
            <Name person={says.person} isWhole />
          </p>
          <p>
            <bdi class="whole-id" dir="ltr">
              {says.person.id}
            </bdi>
          </p>
          <a href={hashOf({ at: 'add-contact', text: says.person.id })} tabIndex={tabIndex}>
            {t('addContactOf', { name: nameText(says.person) })}
          </a>
        </div>
      );
    case 'money':
    case 'forwarded':
    case 'unknown':
    default:
      return (
        <div class="card">
          <bdi dir="auto">{saidIn(says)}</bdi>
        </div>
      );
  }
}
