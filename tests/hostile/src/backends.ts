/** The backends by the names that the command line has for them. */
import { platformBackend, type Backend } from 'dimplugins';
import { nativeBackend } from 'dimplugins/native';
import { portableBackend } from 'dimplugins/portable';

/** The backend of a name; the platform's own without one. */
export function backendNamed(name: string | undefined): Backend {
  if (name === undefined) return platformBackend;
  const found = [nativeBackend, portableBackend].find((backend) => backend.name === name);
  if (found === undefined)
    throw Object.assign(new Error(`there is no backend "${name}": native or portable`), {
      code: 'ERR_PARSE_ARGS_VALUE',
    });
  return found;
}
