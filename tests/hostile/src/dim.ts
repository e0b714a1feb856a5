/** The implementation under test. */
import { createDim, type Dim } from 'dimp';
import { platformBackend, standardPlugin, type Backend } from 'dimplugins';

export let dim = contextOn(platformBackend);

/** Chooses the cryptography; the suites look up `dim` each time. */
export function useBackend(backend: Backend): void {
  dim = contextOn(backend);
}

function contextOn(backend: Backend): Dim {
  return createDim({ plugins: [standardPlugin({ backend })] });
}
