/** The backends by the names that the command line has for them. */
import { platformBackend, type Backend } from 'dimplugins';
import { platformModernBackend, type ModernBackend } from 'dimplugins/modern';
import { nativeModernBackend } from 'dimplugins/modern/native';
import { portableModernBackend } from 'dimplugins/modern/portable';
import { nativeBackend } from 'dimplugins/native';
import { portableBackend } from 'dimplugins/portable';

/** The backend of a name; the platform's own without one. */
export function backendNamed(name: string | undefined): Backend {
  return find(name, [nativeBackend, portableBackend], platformBackend);
}

/** The modern one. */
export function modernBackendNamed(name: string | undefined): ModernBackend {
  return find(name, [nativeModernBackend, portableModernBackend], platformModernBackend);
}

function find<B extends { readonly name: string }>(name: string | undefined, backends: readonly B[], own: B): B {
  if (name === undefined) return own;
  const found = backends.find((backend) => backend.name === name);
  if (found === undefined)
    throw Object.assign(new Error(`there is no backend "${name}": native or portable`), {
      code: 'ERR_PARSE_ARGS_VALUE',
    });
  return found;
}
