/** The implementation under test, for suites that run in pages too. */
import { createDim, type Dim } from 'dimp';
import { platformBackend, standardPlugin, type Backend } from 'dimplugins';
import { modernPlugin, platformModernBackend, type ModernBackend } from 'dimplugins/modern';

export let dim = contextOn(platformBackend, platformModernBackend);

/** Chooses the cryptography; the suites look up `dim` each time. */
export function choose(backend: Backend, modern: ModernBackend): void {
  dim = contextOn(backend, modern);
}

function contextOn(backend: Backend, modern: ModernBackend): Dim {
  return createDim({ plugins: [standardPlugin({ backend }), modernPlugin({ backend: modern })] });
}
