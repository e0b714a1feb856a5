/** What the compiler is told of files that Vite reads. The inside of components is checked by `vue-tsc`. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue';

  const component: DefineComponent;
  export default component;
}
declare module '*.css' {}
