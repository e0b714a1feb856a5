/** The portable backends, for a program outside of the application. */
export { portableModernBackend } from 'dimplugins/modern/portable';
export { portableBackend } from 'dimplugins/portable';
