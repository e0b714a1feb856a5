/** The portable backends, for a program outside of the application. */
export { portableBackend, portableModernBackend } from 'dimplugins/backends/portable';
