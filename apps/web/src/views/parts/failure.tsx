/** What went wrong, in the language of the person; the reason in English is behind it for those who want to report it. */
import { failureText } from '../../language/failure-text.ts';
import type { Failure } from '../../protocol/views.ts';
import { plain } from './plain.ts';

export function FailureNote({ failure }: { readonly failure: Failure | undefined }) {
  return (
    <div role="alert" class="alert">
      {failure && (
        <details class="wrong">
          <summary>{failureText(failure)}</summary>
          <p lang="en" dir="ltr" class="code">
            {plain([failure.code, failure.path, failure.reason].filter(Boolean).join(' · '))}
          </p>
        </details>
      )}
    </div>
  );
}
