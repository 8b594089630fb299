import type { ZapSignMatchers } from './matchers.js'

declare global {
  /** Vitest's assertions are made of Chai's, in every version: this is where it looks. */
  namespace Chai {
    interface Assertion extends ZapSignMatchers {}
  }
  /** `@types/jest`; users of `@jest/globals` declare it themselves, as the README shows. */
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: as @types/jest declares it
    interface Matchers<R, T = {}> extends ZapSignMatchers<R> {}
  }
}
