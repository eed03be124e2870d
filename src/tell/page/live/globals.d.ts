/** What tests put into a page beside its own script. */
declare global {
  interface Window {
    readonly axe: typeof import('axe-core');
  }
}

export {};
