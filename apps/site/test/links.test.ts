/** Links of the repository, as they become links of the site. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromRoot, siteLink, sitePicture } from '../src/markdown/links.ts';
import { REPOSITORY, SITE } from '../src/project/places.ts';

test('a file that is a page has the address of the page', () => {
  assert.equal(siteLink('docs/delivery.md', 'errors.md#of-a-client'), '/errors#of-a-client');
  assert.equal(siteLink('docs/security.md', '../SECURITY.md'), '/reporting');
  assert.equal(siteLink('apps/site/pages/guide/index.md', '../../../../docs/groups.md'), '/guide/groups');
  assert.equal(siteLink('README.md', 'packages/sdk/README.md'), '/packages/dimsdk');
});

test('a folder with a page is that page', () => {
  assert.equal(siteLink('README.md', 'packages/mkm'), '/packages/mkm');
});

test('what is no page is in the repository', () => {
  assert.equal(siteLink('docs/errors.md', '../examples/inbox'), `${REPOSITORY}/tree/main/examples/inbox`);
  assert.equal(siteLink('docs/errors.md', '../LICENSE'), `${REPOSITORY}/blob/main/LICENSE`);
});

test('what leads to the site stays within it, so that it is looked for', () => {
  assert.equal(siteLink('packages/dimp/README.md', `${SITE}/errors#INPUT_TYPE`), '/errors#INPUT_TYPE');
});

test('other addresses and headings stay as they are', () => {
  for (const link of ['https://www.npmjs.com/package/dimp', '#reading', '/api/dimp/'])
    assert.equal(siteLink('docs/errors.md', link), link);
});

test('what is not there ends the build', () => {
  assert.throws(() => siteLink('docs/errors.md', 'nowhere.md'), /docs\/nowhere\.md, which is not there/);
  assert.throws(() => siteLink('README.md', '../other/README.md'), /not there/);
  assert.throws(() => sitePicture('README.md', 'docs/pictures/nothing.png'), /not there/);
});

test('pictures have the path of their file', () => {
  assert.equal(sitePicture('docs/web.md', 'pictures/verification.png'), '/docs/pictures/verification.png');
});

test('generated pages lead to each other from the root', () => {
  assert.equal(fromRoot('api/dimp/classes/ID.md', '../interfaces/Dim.md#id'), '/api/dimp/interfaces/Dim.md#id');
});
