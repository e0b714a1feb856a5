/** The implementation under test. */
import { createDim, type Dim } from 'dimp';
import { platformBackend, standardPlugins, type Backend } from 'dimplugins';
import { modernPlugins, platformModernBackend, type ModernBackend } from 'dimplugins/modern';

export let dim = contextOn(platformBackend, platformModernBackend);

/** Chooses the cryptography; the suites look up `dim` each time. */
export function useBackend(backend: Backend, modern: ModernBackend): void {
  dim = contextOn(backend, modern);
}

function contextOn(backend: Backend, modern: ModernBackend): Dim {
  return createDim({ plugins: [standardPlugins({ backend }), modernPlugins({ backend: modern })] });
}
