import type { ZapSignMatchers } from './matchers.js'

declare global {
  /** Vitest's assertions extend Chai's in every version. */
  namespace Chai {
    interface Assertion extends ZapSignMatchers {}
  }
  /** For `@types/jest`. Users of `@jest/globals` declare it themselves, as the README shows. */
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: as @types/jest declares it
    interface Matchers<R, T = {}> extends ZapSignMatchers<R> {}
  }
}
