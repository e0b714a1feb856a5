/** The policy of the page, as it is served, and that a browser keeps to it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser } from './browser.ts';
import { useStage } from './stage.ts';

const stage = useStage();

test('every file of the page is served with a strict policy', async () => {
  const page = await fetch(stage.station.url);
  const html = await page.text();
  // No script and no style within it, nothing of others.
  assert.doesNotMatch(
    html,
    /<script(?![^>]{0,200} src="\.\/)|<style| style=| on[a-z]{2,20}=|(?:src|href)="(?:https?:)?\/\//,
  );
  const paths = [...html.matchAll(/(?:src|href)="(\.\/[^"]{1,200})"/g)].map(([, path]) => path ?? '');
  assert.ok(paths.length > 1);
  for (const path of ['./', './sw.js', ...paths]) {
    const { status, headers } = await fetch(new URL(path, stage.station.url));
    assert.equal(status, 200, path);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; /, path);
    assert.match(
      policy,
      /base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'/,
      path,
    );
    assert.doesNotMatch(policy, /unsafe|\*|data:|https?:/, path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
  }
});

test('code in texts, scripts in the page, and connections to others are refused', async () => {
  const person = await stage.comes('Alice');
  const foreign = new URL(stage.station.url);
  foreign.port = String(stage.station.port === 65_535 ? 1024 : stage.station.port + 1);
  const done = await person.page.evaluate(async (other) => {
    const blocked: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => blocked.push(effectiveDirective));
    const attempts: Readonly<Record<string, () => unknown>> = {
      // oxlint-disable-next-line no-eval -- that it does not work is what is tested
      eval: () => (0, eval)('1') as unknown,
      // oxlint-disable-next-line no-implied-eval -- the same
      Function: () => (new Function('return 1') as () => unknown)(),
      timeout: () => (setTimeout as (code: unknown) => number)('1'),
      markup: () => (document.body.innerHTML = '<b>1</b>'),
      'inline script': () => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.wasRun = 1';
        document.body.append(script);
        if (!('wasRun' in globalThis)) throw new Error('did not run');
      },
      'foreign script': () => (document.createElement('script').src = `${other}x.js`),
      'foreign worker': () => new Worker(`${other}x.js`),
      'text as worker': () => new Worker(URL.createObjectURL(new Blob(['1']))),
      fetch: async () => fetch(other, { mode: 'no-cors' }),
      socket: async () => opened(new WebSocket(other.replace('http', 'ws'))),
      https: async () => fetch('https://evil.example/', { mode: 'no-cors' }),
      picture: async () => loaded(new Image(), `${other}x.png`),
      'picture as text': async () => loaded(new Image(), 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='),
      frame: async () => loaded(document.createElement('iframe'), other),
    };
    const refused: string[] = [];
    // What the tools of the developer call may do all: what comes after it is of the page.
    await new Promise((resolve) => setTimeout(resolve));
    for (const [name, attempt] of Object.entries(attempts)) {
      const before = blocked.length;
      try {
        await attempt();
      } catch {
        refused.push(name);
        continue;
      }
      await new Promise((resolve) => setTimeout(resolve));
      if (blocked.length > before) refused.push(name);
    }
    return { tried: Object.keys(attempts), refused, blocked };

    async function opened(socket: WebSocket): Promise<void> {
      await new Promise((resolve, reject) => {
        socket.addEventListener('open', resolve);
        socket.addEventListener('error', reject);
      });
    }
    async function loaded(element: HTMLImageElement | HTMLIFrameElement, address: string): Promise<void> {
      await new Promise((resolve, reject) => {
        element.addEventListener('load', resolve);
        element.addEventListener('error', reject);
        document.addEventListener('securitypolicyviolation', reject);
        element.src = address;
        if (element.localName === 'iframe') document.body.append(element);
      });
    }
  }, foreign.href);
  assert.deepEqual(done.refused, done.tried);
  for (const directive of ['require-trusted-types-for', 'connect-src', 'img-src'])
    assert.ok(done.blocked.includes(directive), `${directive} of ${done.blocked.join(' ')}`);
});

test('another origin cannot frame the page', async () => {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const told = page.waitForEvent('console', (message) => /frame/i.test(message.text()));
    await page.setContent(`<iframe src="${stage.station.url}"></iframe>`);
    assert.match((await told).text(), /X-Frame-Options|frame-ancestors/);
  } finally {
    await browser.close();
  }
});
