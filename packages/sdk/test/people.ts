/** A context, and people whose keys are small: making RSA keys would take most of the time of a test file. */
import { modernPlugin } from 'dimplugins/modern';
import { standardPlugin } from 'dimplugins';
import { createDim } from 'dimp';

export { errorOf } from '../../../tests/support/error-of.ts';

export const dim = createDim({ plugins: [standardPlugin(), modernPlugin()] });

/** Nobody of today's clients encrypts to this key alone; our own do. */
export const visaAlgorithms = ['X25519'];

export const [alice, bob, carol] = await Promise.all([
  dim.createUser({ name: 'Alice', terminals: ['phone'], visaAlgorithms }),
  dim.createUser({ name: 'Bob', seed: 'bob', visaAlgorithms }),
  dim.createUser({ name: 'Carol', visaAlgorithms }),
]);
