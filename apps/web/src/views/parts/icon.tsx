/** Drawings of one stroke. They say nothing to screen readers: what they are on has its words. */

const LINES = {
  add: 'M12 5v14M5 12h14',
  alarm: 'M12 3 2.5 20h19zM12 10v4.5M12 17.2v.1',
  attach: 'M8 12.500l6-6a3 3 0 0 1 4.300 4.300l-8.300 8.300a5 5 0 0 1-7-7L11 4',
  back: 'M15 5l-7 7 7 7',
  block: 'M12 3.5a8.5 8.5 0 1 0 .1 0zM6 6l12 12',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 10a3.4 3.4 0 1 0 .1 0z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2.5 12.5 7 17l8.5-9.5M12 15.5l1.5 1.5L22 7.5',
  clock: 'M12 3.5a8.5 8.5 0 1 0 .1 0zM12 7.5V12l3 2',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  down: 'M12 4v12M6.5 11l5.5 5.5 5.5-5.5M5 20h14',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  group:
    'M9 5a3.2 3.2 0 1 0 .1 0zM3 19.5c0-3.6 2.4-5.8 6-5.8s6 2.2 6 5.8M16 5.6a3 3 0 0 1 0 5.6M17.5 14c2.2.7 3.5 2.6 3.5 5.5',
  key: 'M8 8.5a4 4 0 1 0 .1 0zM11.5 12.5H21M17.5 12.5v3.5',
  lock: 'M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  microphone:
    'M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5a2.8 2.8 0 0 1-5.6 0v-5A2.8 2.8 0 0 1 12 3.5zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21',
  more: 'M12 5.5v.1M12 12v.1M12 18.5v.1',
  mute: 'M4 9.5h3.5L12 5.5v13l-4.5-4H4zM16 9.5l5 5M21 9.5l-5 5',
  pencil: 'M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z',
  person: 'M12 4.5a3.8 3.8 0 1 0 .1 0zM4.5 20.5c0-4.2 3-6.8 7.5-6.8s7.5 2.6 7.5 6.8',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM18.5 18.5H20V20M20 14v1',
  reply: 'M9.5 6 4 11.5 9.5 17M4 11.5h9.5a6 6 0 0 1 6 6V19',
  search: 'M10.5 4.5a6 6 0 1 0 .1 0zM15 15l5 5',
  send: 'M4 12 20.5 4.5 15 20l-3.5-6.5zM11.5 13.5l9-9',
  settings: 'M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h7M15 17h5M13 15v4',
  share: 'M12 15V4M7.5 8 12 3.5 16.5 8M6 12v8h12v-8',
  shield: 'M12 3.5 19 6v6c0 4.3-2.9 7.2-7 8.8C7.9 19.200 5 16.300 5 12V6z',
  smile: 'M12 3.500a8.500 8.500 0 1 0 .100 0zM8.500 14c1.600 2.600 5.400 2.600 7 0M9 9.500v.100M15 9.500v.100',
  talk: 'M4 5h16v11h-8l-4.500 3.800V16H4z',
  trash: 'M5 7h14M9.500 7V4.500h5V7M7 7l.8 13h8.400L17 7',
} as const;

/** Those that point the way of the text. */
const TURNING: ReadonlySet<string> = new Set(['back', 'reply', 'send']);

export type IconName = keyof typeof LINES;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class={`icon-drawing${TURNING.has(name) ? ' turns' : ''}`}>
      <path d={LINES[name]} />
    </svg>
  );
}
