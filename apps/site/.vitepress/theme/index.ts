/** The theme: that of VitePress, without fonts of others, in our colors. */
import type { Theme } from 'vitepress';
import { defineAsyncComponent } from 'vue';
import DefaultTheme from 'vitepress/theme-without-fonts';
import Front from '../../src/theme/Front.vue';
import '../../src/theme/index.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('front', Front);
    // Its code is loaded where it is shown, and nowhere else.
    app.component(
      'Playground',
      defineAsyncComponent(() => import('../../src/playground/Playground.vue')),
    );
  },
} satisfies Theme;
