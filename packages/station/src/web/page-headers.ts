/** What is said with each answer, so that a browser does no more with it than a chat needs. */
import type { OutgoingHttpHeaders } from 'node:http';

/** Of all answers. */
export const SAFE_HEADERS: OutgoingHttpHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};

/** Of answers that are no page: a browser that shows one all the same runs nothing of it. */
export const NO_PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

const NOBODY = [
  'accelerometer',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'midi',
  'payment',
  'usb',
];

/** The camera for codes of other devices, the microphone for voice, and nothing else; nor for what is in frames. */
export const PERMISSIONS = ['camera=(self)', 'microphone=(self)', ...NOBODY.map((name) => `${name}=()`)].join(', ');

/**
 * What a page may load, and whom it may talk to.
 * @param host by which the browser knows this station: not every browser takes `'self'` for its WebSockets
 * @param others addresses that the operator lets it connect to
 */
export function pagePolicy(host: string | undefined, others: readonly string[]): string {
  const stations = host === undefined ? [] : [`ws://${host}`, `wss://${host}`];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    'media-src blob:',
    "font-src 'self'",
    "manifest-src 'self'",
    ["connect-src 'self'", ...stations, ...others].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}
