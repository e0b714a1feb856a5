/** A view that is loaded when it is wanted, so that what is seen first is there soon. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../language/language.ts';
import { failureOf } from '../link/failure-of.ts';
import type { Failure } from '../protocol/views.ts';
import { Button } from '../views/parts/button.tsx';
import { FailureNote } from '../views/parts/failure.tsx';

export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | undefined;
  return function Lazy(properties: P) {
    // As a function that gives it: a component alone would be called for the first value.
    const [, setLoaded] = useState(() => known);
    const [failure, setFailure] = useState<Failure>();
    const begin = () => {
      setFailure(undefined);
      load().then(
        (view) => setLoaded(() => (known = view)),
        (error: unknown) => setFailure(failureOf(error)),
      );
    };
    useEffect(() => {
      if (known === undefined) begin();
    }, []);
    const View = known;
    if (View !== undefined) return <View {...properties} />;
    if (failure === undefined) return <p class="waiting">{t('loading')}</p>;
    return (
      <div class="stack page-view">
        <FailureNote failure={failure} />
        <Button onClick={begin}>{t('tryAgain')}</Button>
      </div>
    );
  };
}
