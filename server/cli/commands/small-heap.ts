import { setFlagsFromString } from 'node:v8'

/**
 * Keeps V8's young generation as small as it starts. V8 doubles it while objects survive, as the
 * journal's entries do, up to a hundred megabytes that the mock has no use for. Only for a process of
 * our own.
 */
export function keepHeapSmall(): void {
  try {
    setFlagsFromString('--semi-space-growth-factor=1')
  } catch {
    // Other runtimes manage their memory in another way.
  }
}
